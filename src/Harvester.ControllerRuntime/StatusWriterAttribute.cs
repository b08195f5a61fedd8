namespace Harvester.ControllerRuntime;

/// <summary>
/// Marks a class or method that is trusted to write status in the way the server takes it. The rules of Harvester.Analyzers
/// know it by its simple name, so a project may declare one of its own.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method)]
public sealed class StatusWriterAttribute : Attribute;
