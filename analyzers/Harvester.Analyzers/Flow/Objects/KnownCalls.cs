using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Objects;

/// <content>Calls whose meaning is known without their body.</content>
internal sealed partial class MethodFlow
{
    /// <summary>Null if the call is none of those known.</summary>
    private ImmutableHashSet<Value>? Known(IInvocationOperation invocation, ImmutableHashSet<Value> receiver, ImmutableHashSet<Value> handed, ImmutableHashSet<Value> subject, Frame frame, FlowState state)
    {
        var method = invocation.TargetMethod;
        var type = method.ContainingType;
        if (type is null)
        {
            return null;
        }

        if (method.Name is "Add" or "Enqueue" or "Push" && KubernetesSymbols.IsInNamespace(type, "System") && invocation.Instance is ILocalReferenceOperation { Local: var collection } && ElementOf(collection.Type) is { } collected)
        {
            return Collect(collection, collected, handed, invocation, frame, state);
        }

        if (method.Name == "<Clone>$")
        {
            return CopyWith(receiver, invocation, frame, state);
        }

        if (IsPassThrough(method))
        {
            return receiver.Union(handed);
        }

        if (KubernetesSymbols.IsInNamespace(type, "System") && type.ContainingNamespace.Name is "Nodes" or "Json" || type.Name is "KubernetesJson" or "KubernetesYaml")
        {
            return Json(invocation, receiver, handed, frame, state);
        }

        if (IsModelHelper(method))
        {
            return Model(method, subject, state);
        }

        var on = method.IsExtensionMethod ? subject : receiver;
        if (on.Any(v => v.IsPart) && KubernetesSymbols.IsInNamespace(type, "System"))
        {
            return OnPart(method, on.Where(v => v.IsPart).ToImmutableHashSet(), handed, state);
        }

        if (method.Name is "ToString" or "GetRawText" && receiver.Any(v => v.Part == Part.Whole && state.FactsOf(v.Object) is { IsJson: true }))
        {
            return CopyOf(receiver, invocation, null, frame, state);
        }

        if (IsCacheRead(method))
        {
            var payload = CallShape.Payload(method.ReturnType);
            return symbols.IsKubernetesObject(payload)
                ? New(frame, invocation, state, new Facts(Origin.ApiRead, payload))
                : ElementOf(payload) is { } element ? New(frame, invocation, state, new Facts(Origin.ListItem, element), Part.Items) : null;
        }

        return IsDeepCopy(method) && bodies.GraphOf(method, cancellationToken) is null
            ? CopyOf(receiver.Union(handed), invocation, null, frame, state)
            : null;
    }

    /// <summary>A collection made here holds what is added to it.</summary>
    private ImmutableHashSet<Value> Collect(ILocalSymbol collection, ITypeSymbol element, ImmutableHashSet<Value> added, IOperation site, Frame frame, FlowState state)
    {
        var facts = added.Where(v => v.Part == Part.Whole).Select(v => state.FactsOf(v.Object)).Where(f => f is not null).Select(f => f!).ToList();
        if (facts.Count > 0)
        {
            state.Store(collection, state.Load(collection).Union(New(frame, site, state, facts.Aggregate(Facts.Join) with { Type = element, SharesPartsWith = -1, ItemOf = -1 }, Part.Items)));
        }

        return FlowState.Nothing;
    }

    /// <summary>The framework's methods on what a part holds: its lists and maps, their elements, and sequences of these.</summary>
    private static ImmutableHashSet<Value> OnPart(IMethodSymbol method, ImmutableHashSet<Value> parts, ImmutableHashSet<Value> handed, FlowState state)
    {
        var isQuery = method.ContainingType.Name is "Enumerable" or "ImmutableArrayExtensions" or "Queryable";
        if (!isQuery && IsMutator(method.Name))
        {
            TouchParts(parts, state);
            Escape(handed.Where(v => v.Part == Part.Whole).ToImmutableHashSet(), state);
        }

        var result = method.ReturnType;
        if (result is not ({ IsReferenceType: true, SpecialType: not SpecialType.System_String } or ITypeParameterSymbol) && !result.Name.EndsWith("Enumerator", StringComparison.Ordinal))
        {
            return FlowState.Nothing;
        }

        return CallShape.ElementOfSequence(result) is not null && (isQuery || method.Name is "FindAll" or "GetRange" or "ToArray" or "Slice")
            ? CopiesOf(parts)
            : parts.Select(v => v with { IsCopy = false }).ToImmutableHashSet();
    }

    /// <summary>JSON: what goes in and comes out is a copy of the object, as text, as a document, or typed again.</summary>
    private ImmutableHashSet<Value> Json(IInvocationOperation invocation, ImmutableHashSet<Value> receiver, ImmutableHashSet<Value> handed, Frame frame, FlowState state)
    {
        var method = invocation.TargetMethod;
        switch (method.Name)
        {
            case "AsObject" or "AsValue" or "AsArray" or "GetValue" or "AsNode":
                return receiver;
            case "Serialize" or "SerializeToNode" or "SerializeToElement" or "SerializeToDocument" or "ToJsonString" or "Parse" or "Deserialize" or "DeepClone" or "Clone" or "Create"
                or "LoadFromString" or "LoadFromFileAsync" or "LoadFromStreamAsync":
                var copied = CopyOf(receiver.Union(handed), invocation, CallShape.Payload(method.ReturnType), frame, state);
                var result = CallShape.Payload(method.ReturnType);
                return copied.IsEmpty && symbols.IsKubernetesObject(result) ? New(frame, invocation, state, new Facts(Origin.Fresh, result)) : copied;
            case "Remove" or "Add" or "TryAdd" or "Clear" or "Insert" or "ReplaceWith":
                foreach (var (id, part) in receiver)
                {
                    Mutate(invocation, id, part, state);
                }

                return FlowState.Nothing;
            default:
                return FlowState.Nothing;
        }
    }

    private void Mutate(IInvocationOperation invocation, int id, Part part, FlowState state)
    {
        var key = invocation.Arguments.Length > 0 && invocation.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
        if (part == Part.Metadata && IsServerOwned(key))
        {
            return;
        }

        if (part != Part.Whole)
        {
            state.Touch(id, BitOf(part), deep: false);
            return;
        }

        var removes = invocation.TargetMethod.Name is "Remove" or "Clear";
        if (removes && (key ?? KeyFromLoop(invocation)) == "status")
        {
            state.Touch(id, Touched.StatusNulled, deep: false);
        }
        else if (key is not null && PartNamed(key) is { } named)
        {
            state.Touch(id, BitOf(named), deep: false);
        }
    }

    /// <summary><c>foreach (var key in names) body.Remove(key)</c>: whether one of the names is <c>status</c>.</summary>
    private string? KeyFromLoop(IInvocationOperation invocation)
    {
        var key = invocation.Arguments.Length > 0 ? ClientCall.Unwrap(invocation.Arguments[0].Value) as ILocalReferenceOperation : null;
        var loop = key?.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as Microsoft.CodeAnalysis.CSharp.Syntax.ForEachStatementSyntax;
        if (loop is null)
        {
            return null;
        }

        var model = symbols.Compilation.GetSemanticModel(loop.SyntaxTree);
        var names = (SyntaxNode)loop.Expression;
        if (model.GetSymbolInfo(loop.Expression, cancellationToken).Symbol is { } symbol and (IFieldSymbol or ILocalSymbol or IPropertySymbol))
        {
            names = symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) ?? names;
        }

        return names.DescendantTokens().Any(t => t.Value is "status") ? "status" : null;
    }

    private ImmutableHashSet<Value> CopyOf(ImmutableHashSet<Value> values, IOperation site, ITypeSymbol? result, Frame frame, FlowState state)
    {
        var copies = FlowState.Nothing;
        foreach (var (id, part) in values)
        {
            if (part == Part.Whole && state.FactsOf(id) is { } facts)
            {
                var typed = result is null || symbols.IsKubernetesObject(result);
                var copy = facts with
                {
                    Origin = facts.Origin | Origin.Copy,
                    IsJson = result is null ? facts.IsJson : !typed,
                    Type = result is not null && typed ? result : facts.Type,
                    SharesPartsWith = -1,
                    May = facts.May & ~Touched.Stale,
                };
                copies = copies.Union(copies.IsEmpty ? New(frame, site, state, copy) : Join(copies, copy, state));
            }
        }

        return copies;
    }

    private static ImmutableHashSet<Value> Join(ImmutableHashSet<Value> known, Facts also, FlowState state)
    {
        state.Update(known.First().Object, f => Facts.Join(f, also));
        return known;
    }

    /// <summary>
    /// Helpers of the client libraries on objects and their metadata: extensions without a body to look at. What they are called tells
    /// what they do; those that return what they were given are fluent.
    /// </summary>
    private bool IsModelHelper(IMethodSymbol method)
    {
        var definition = method.ReducedFrom ?? method;
        return definition.IsExtensionMethod
            && (symbols.IsKubernetesObject(definition.Parameters[0].Type) || definition.Parameters[0].Type.Name is "IMetadata" or "IKubernetesObject" or "V1ObjectMeta")
            && (KubernetesSymbols.IsInNamespace(definition.ContainingType, "k8s") || KubernetesSymbols.IsInNamespace(definition.ContainingType, "KubeOps")
                || KubernetesSymbols.IsInNamespace(definition.ContainingType, "DotnetKubernetesClient") || KubernetesSymbols.IsInNamespace(definition.ContainingType, "Neon"))
            && bodies.GraphOf(method, cancellationToken) is null;
    }

    private ImmutableHashSet<Value> Model(IMethodSymbol method, ImmutableHashSet<Value> subject, FlowState state)
    {
        var result = FlowState.Nothing;
        var definition = method.ReducedFrom ?? method;
        var fluent = symbols.IsKubernetesObject(method.ReturnType)
            && (SymbolEqualityComparer.Default.Equals(definition.ReturnType, definition.Parameters[0].Type) || SymbolEqualityComparer.Default.Equals(method.ReturnType, method.ReducedFrom is null ? method.Parameters[0].Type : method.ReceiverType));
        foreach (var (id, part) in subject)
        {
            if (method.Name == "ResourceVersion")
            {
                result = result.Add(new Value(id, Part.Version));
            }
            else if (method.Name.StartsWith("Set", StringComparison.Ordinal) || method.Name.StartsWith("With", StringComparison.Ordinal) || IsMutator(method.Name))
            {
                if (part is Part.Whole or Part.Metadata && method.Name != "WithResourceVersion")
                {
                    state.Touch(id, Touched.Metadata, deep: true);
                }

                if (fluent && part == Part.Whole)
                {
                    result = result.Add(new Value(id, part));
                }
            }
            else if (fluent)
            {
                result = part == Part.Whole ? result.Add(new Value(id, part)) : result;
            }
            else if (method.ReturnType is { IsReferenceType: true, SpecialType: not SpecialType.System_String } && part is Part.Whole or Part.Metadata)
            {
                result = result.Add(new Value(id, Part.Metadata));
            }
        }

        return result;
    }

    private static bool IsPassThrough(IMethodSymbol method) =>
        method.Name switch
        {
            "ConfigureAwait" or "GetAwaiter" or "GetResult" or "AsTask" or "WaitAsync" => true,
            "FromResult" or "WhenAll" => method.ContainingType.Name is "Task" or "ValueTask",
            _ => false,
        };

    private static bool IsMutator(string name) =>
        name is "Clear" or "Insert" or "Sort" or "Reverse" or "Push" or "Enqueue"
        || name.StartsWith("Add", StringComparison.Ordinal)
        || name.StartsWith("TryAdd", StringComparison.Ordinal)
        || name.StartsWith("Remove", StringComparison.Ordinal)
        || name.StartsWith("Insert", StringComparison.Ordinal);

    /// <summary>The read side of an informer: a generic cache or lister of a kind.</summary>
    private bool IsCacheRead(IMethodSymbol method) =>
        method.ContainingType is { TypeArguments.Length: > 0 } type
        && type.OriginalDefinition.Name is "IObjectCache" or "ObjectCache" or "ILister" or "Lister" or "IIndexer" or "ICache" or "IInformerCache" or "IResourceCache"
        && symbols.IsKubernetesObject(type.TypeArguments[type.TypeArguments.Length - 1]);

    private static bool IsNamedAsCopy(string name) =>
        name is "DeepCopy" or "Copy" or "DeepCopyObject" || name.EndsWith("Clone", StringComparison.Ordinal) || name.EndsWith("DeepCopy", StringComparison.Ordinal);

    private bool IsDeepCopy(IMethodSymbol method) =>
        IsNamedAsCopy(method.Name)
        && (symbols.IsKubernetesObject(method.ReturnType) || method.ReturnType.SpecialType == SpecialType.System_Object);

    /// <summary>Code that reads what it is given and changes none of it.</summary>
    private static bool IsHarmless(IMethodSymbol method) =>
        method is { MethodKind: not MethodKind.DelegateInvoke, ContainingType: { } type }
        && (KubernetesSymbols.IsInNamespace(type, "System") || KubernetesSymbols.IsInNamespace(type, "Microsoft") || KubernetesSymbols.IsInNamespace(type, "k8s") || IsLogging(method));

    /// <summary>A log method of the user's own, most often generated and so without a body.</summary>
    private static bool IsLogging(IMethodSymbol method) =>
        method.ReturnsVoid
        && ((method.ReceiverType ?? method.ContainingType).Name is "ILogger" or "Logger" || method.Parameters.Any(p => p.Type.Name == "ILogger") || (method.ReducedFrom ?? method).Parameters.Any(p => p.Type.Name == "ILogger"));
}
