using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>A <c>V1Patch</c> as the code writes it: where it is made, of what kind, and of what.</summary>
/// <param name="Creation">Where it is made.</param>
/// <param name="Kind">The member of <c>V1Patch.PatchType</c>; null where it is not a constant.</param>
/// <param name="Content">What it is made of.</param>
/// <param name="LaterKeys">Keys that are added to the content after it is made.</param>
/// <param name="LaterCalls">The calls of the content's own methods after it is made.</param>
internal sealed record PatchBody(IObjectCreationOperation Creation, string? Kind, IOperation Content, IReadOnlyList<string> LaterKeys, IReadOnlyList<IInvocationOperation> LaterCalls)
{
    public const string Apply = "ApplyPatch";
    public const string Merge = "MergePatch";
    public const string StrategicMerge = "StrategicMergePatch";
    public const string Json = "JsonPatch";

    /// <summary>What is handed to the patch, as the code says it there.</summary>
    public IOperation Given => ClientCall.Unwrap(GivenTo(Creation));

    /// <summary>Null where the call sends no patch, or one made elsewhere.</summary>
    public static PatchBody? Of(ClientCall call, KubernetesSymbols symbols, CancellationToken cancellationToken)
    {
        if (call.BodyArgument?.Syntax is not { } syntax || symbols.Patch is null)
        {
            return null;
        }

        var source = new ValueSource(symbols.Compilation, cancellationToken);
        var expression = syntax is ArgumentSyntax argument ? argument.Expression : syntax;
        if (source.OperationOf(expression) is not { } sent
            || source.Origin(sent) is not IObjectCreationOperation { Arguments.Length: > 0 } creation
            || !SymbolEqualityComparer.Default.Equals(creation.Type, symbols.Patch))
        {
            return null;
        }

        var kind = creation.Arguments.FirstOrDefault(a => a.Parameter?.Type.Name == "PatchType")?.Value.ConstantValue is { HasValue: true, Value: { } value }
            ? NameOf(value, symbols.Patch)
            : null;
        var given = GivenTo(creation);
        return new PatchBody(creation, kind, source.Origin(given), [.. source.KeysAddedTo(given)], [.. source.CallsOn(given)]);
    }

    private static IOperation GivenTo(IObjectCreationOperation creation) => creation.Arguments.First(a => a.Parameter?.Type.Name != "PatchType").Value;

    private static string? NameOf(object value, INamedTypeSymbol patch) => patch.GetTypeMembers("PatchType")
        .SelectMany(t => t.GetMembers())
        .OfType<IFieldSymbol>()
        .FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value))?.Name;
}
