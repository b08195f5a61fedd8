namespace Harvester.Testing.ApiServer.Tests.Statements;

/// <summary>Says which statement about kube-apiserver a test shows. A test may show several.</summary>
/// <param name="id">The statement's id, as <c>Conformance/statements.txt</c> lists it: <c>U-7</c>, <c>B-12</c>.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class StatementAttribute(string id) : Attribute
{
    /// <summary>The statement's id.</summary>
    public string Id { get; } = id;
}
