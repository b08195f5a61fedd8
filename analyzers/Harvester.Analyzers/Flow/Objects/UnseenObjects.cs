using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>
/// Objects that come from where the analysis does not see: members of the user's own types, collections, casts, and methods without a body.
/// What such a place is called tells whether it holds what was read or what was built; where it does not tell, the object stays unknown.
/// </content>
internal sealed partial class MethodFlow
{
    private static readonly string[] ReadingWords = ["Get", "Find", "Read", "Fetch", "Load", "Lookup", "LookUp", "Query", "List", "TryGet", "TryFind", "TryRead", "Wait", "Dequeue", "Receive", "Take", "Peek"];

    private static readonly string[] BuildingWords = ["desired", "expected", "wanted", "template", "built", "generated", "new", "build", "default", "target", "create"];

    // The side of a pair that is to be reached: what is there is the other one.
    private static readonly string[] TargetMembers = ["To", "After", "Next"];

    private ImmutableHashSet<Value> Unseen(IOperation operation, Frame frame, FlowState state)
    {
        if (!symbols.IsKubernetesObject(operation.Type))
        {
            return FlowState.Nothing;
        }

        switch (operation)
        {
            case IPropertyReferenceOperation { Arguments.IsEmpty: false } element when IsKeyed(element.Property.ContainingType) && !IsCalledForBuilding(operation.Syntax):
                return HandedIn(operation, operation.Type!, Origin.ListItem, frame, state);
            case IPropertyReferenceOperation property when HoldsHandedIn(property.Property) && !IsCalledForBuilding(operation.Syntax):
                return HandedIn(new MemberKeyOf(RootOf(property.Instance), property.Property), operation.Type!, Origin.Parameter, frame, state);
            case IFieldReferenceOperation field when HoldsHandedIn(field.Field) && !IsCalledForBuilding(operation.Syntax):
                return HandedIn(field.Field, operation.Type!, Origin.Parameter, frame, state);
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } parameter }
                when !frame.IsRunning(constructor) && symbols.IsCustomKind(parameter.Type) && !IsCalledForBuilding(operation.Syntax):
                return HandedIn(parameter, operation.Type!, Origin.Parameter, frame, state);
            case IConversionOperation { Operand.Type: null or { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } } cast:
                return HandedIn(new MemberKeyOf(RootOf(cast.Operand), operation.Type!), operation.Type!, Origin.Parameter, frame, state);
            default:
                return FlowState.Nothing;
        }
    }

    /// <summary>What a method without a body returns, if it is called as one that reads.</summary>
    private ImmutableHashSet<Value> UnseenResult(IInvocationOperation invocation, Frame frame, FlowState state)
    {
        var method = invocation.TargetMethod;
        var payload = CallShape.Payload(invocation.Type ?? method.ReturnType);
        var isAsync = method.ReturnType.Name is "Task" or "ValueTask";
        if (!isAsync || !symbols.IsKubernetesObject(payload) || method.ContainingType.TypeKind == TypeKind.Delegate
            || !Words.BeginsWith(method.Name, ReadingWords)
            || BuildingWords.Any(word => method.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            return FlowState.Nothing;
        }

        return New(frame, invocation, state, new Facts(Origin.ApiRead, payload));
    }

    /// <summary>What a method without a body leaves in its <c>out</c> arguments.</summary>
    private void AssignUnseenOut(IInvocationOperation invocation, Frame frame, FlowState state)
    {
        foreach (var argument in invocation.Arguments)
        {
            if (argument.Parameter is { RefKind: RefKind.Out } && symbols.IsKubernetesObject(argument.Value.Type))
            {
                Assign(argument.Value, HandedIn(argument, argument.Value.Type!, Origin.ListItem, frame, state), argument.Value, frame, state);
            }
        }
    }

    private ImmutableHashSet<Value> HandedIn(object site, ITypeSymbol type, Origin origin, Frame frame, FlowState state)
    {
        var key = (frame, site, Part.Whole.ToString());
        return ids.TryGetValue(key, out var id) && state.FactsOf(id) is not null
            ? ImmutableHashSet.Create(new Value(id, Part.Whole))
            : New(frame, site, state, new Facts(origin, type));
    }

    /// <summary>
    /// Members of a custom kind hold the object someone works on; so does a member of a generic type. Members of a built-in kind are as
    /// often children to be built.
    /// </summary>
    private bool HoldsHandedIn(ISymbol member)
    {
        var type = member is IPropertySymbol property ? property.OriginalDefinition.Type : ((IFieldSymbol)member).OriginalDefinition.Type;
        return !member.IsStatic
            && !TargetMembers.Contains(member.Name)
            && !KubernetesSymbols.IsInNamespace(member.ContainingType, "k8s")
            && !KubernetesSymbols.IsInNamespace(member.ContainingType, "System")
            && !symbols.IsKubernetesObject(member.ContainingType)
            && (type is ITypeParameterSymbol || symbols.IsCustomKind(type))
            && !member.DeclaringSyntaxReferences.Any(r => r.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax } or PropertyDeclarationSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax });
    }

    /// <summary>A map by key is a cache of what was read; a list is as often one of what is to be written.</summary>
    private static bool IsKeyed(ITypeSymbol type) => type.Name.EndsWith("Dictionary", StringComparison.Ordinal) || type.Name.EndsWith("Cache", StringComparison.Ordinal);

    private static bool IsCalledForBuilding(SyntaxNode syntax) => syntax.DescendantTokens().Any(t => BuildingWords.Any(word => t.ValueText.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0));

    private static object? RootOf(IOperation? instance) => instance is null ? null : ClientCall.Unwrap(instance) switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        IInstanceReferenceOperation => "this",
        var other => other,
    };

    private sealed record MemberKeyOf(object? Root, ISymbol Member)
    {
        public bool Equals(MemberKeyOf? other) => other is not null && Equals(Root, other.Root) && SymbolEqualityComparer.Default.Equals(Member, other.Member);

        public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(Member);
    }
}
