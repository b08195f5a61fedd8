using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Harvester.Architecture.Tests;

/// <summary>Who may use whom inside an assembly, read from the compiled code, method bodies included.</summary>
public class NamespaceArrowTests
{
    [Theory]
    [InlineData("Storage", "Schema", "Patching", "Resources", "Http")]
    [InlineData("Schema", "Resources", "Http")]
    [InlineData("Patching", "Resources", "Http")]
    [InlineData("Resources", "Http")]
    [InlineData("Json", "Storage", "Schema", "Patching", "Resources", "Http")]
    public void Layers_of_the_api_server_use_only_the_layers_below(string layer, params string[] forbidden) =>
        AssertNoArrows("Harvester.Testing.ApiServer", layer, forbidden);

    [Theory]
    [InlineData("ClientModel", "Flow", "Writes", "Reconcile")]
    [InlineData("Flow", "Writes", "Reconcile")]
    [InlineData("Writes", "Reconcile")]
    [InlineData("Reconcile", "Writes")]
    public void Rules_use_flow_and_flow_uses_the_client_model(string layer, params string[] forbidden) =>
        AssertNoArrows("Harvester.Analyzers", layer, forbidden);

    [Fact]
    public void The_rules_reference_nothing_but_roslyn_and_the_base_library()
    {
        var foreign = System.Reflection.Assembly.Load("Harvester.Analyzers").GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name != "netstandard"
                && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
                && !name.StartsWith("System.", StringComparison.Ordinal));

        Assert.Empty(foreign);
    }

    private static void AssertNoArrows(string assembly, string layer, string[] forbidden)
    {
        var architecture = Load(assembly);
        var source = $"{assembly}.{layer}";
        var wrong =
            from type in architecture.Types
            where IsIn(type, source)
            from dependency in type.Dependencies
            from target in forbidden
            where IsIn(dependency.Target, $"{assembly}.{target}")
            select $"{type.FullName} -> {dependency.Target.FullName}";

        var found = wrong.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    // What the compiler generates may lie in no namespace at all.
    private static bool IsIn(IType type, string name) =>
        type.Namespace?.FullName is { } own && (own == name || own.StartsWith(name + ".", StringComparison.Ordinal));

    private static ArchUnitNET.Domain.Architecture Load(string assembly)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(assembly, out var architecture))
            {
                architecture = new ArchLoader().LoadAssemblies(System.Reflection.Assembly.Load(assembly)).Build();
                Loaded.Add(assembly, architecture);
            }

            return architecture;
        }
    }

    private static readonly Dictionary<string, ArchUnitNET.Domain.Architecture> Loaded = [];
}
