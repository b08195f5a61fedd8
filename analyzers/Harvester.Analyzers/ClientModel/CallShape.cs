using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>
/// What one method of a client library does, found from the type that declares it and from its siblings: a name alone never decides.
/// Whoever teaches the rules another library does it here.
/// </summary>
internal sealed class CallShape
{
    private static readonly (string Verb, CallKind Kind)[] Verbs =
    [
        ("DeleteCollection", CallKind.DeleteCollection), ("Replace", CallKind.ReplaceMain), ("Update", CallKind.ReplaceMain),
        ("Save", CallKind.ReplaceMain), ("Upsert", CallKind.ReplaceMain), ("Patch", CallKind.PatchMain), ("Create", CallKind.Create), ("Delete", CallKind.Delete),
        ("WatchList", CallKind.Watch), ("Watch", CallKind.Watch), ("Read", CallKind.Read), ("Get", CallKind.Read), ("List", CallKind.List),
    ];

    private static readonly string[] OtherSubresources =
    [
        "Scale", "Resize", "Ephemeralcontainers", "Finalize", "Approval", "Eviction", "Binding", "Log", "Token", "Dummy",
    ];

    private readonly IMethodSymbol method;
    private readonly CallKind kind;
    private readonly bool untyped;
    private readonly bool hasStatusSibling;
    private readonly bool upsert;

    private CallShape(IMethodSymbol method, CallKind kind, bool untyped, bool hasStatusSibling, bool upsert)
    {
        this.method = method;
        this.kind = kind;
        this.untyped = untyped;
        this.hasStatusSibling = hasStatusSibling;
        this.upsert = upsert;
    }

    public static CallShape? Of(IMethodSymbol method, KubernetesSymbols symbols)
    {
        if (symbols.Declarations.KindOf(method) is { } declared)
        {
            return new CallShape(method, declared, untyped: false, hasStatusSibling: false, upsert: false);
        }

        if (Surface(method) is not { } surface)
        {
            return null;
        }

        var (name, suffix) = WithoutSuffix(method.Name);
        foreach (var (verb, verbKind) in Verbs)
        {
            if (!Words.BeginsWith(name, verb))
            {
                continue;
            }

            var kind = verbKind;
            var names = Names(method.ContainingType);
            if (name.EndsWith("Status", StringComparison.Ordinal) && names.Contains(name.Substring(0, name.Length - "Status".Length) + suffix))
            {
                kind = kind switch
                {
                    CallKind.ReplaceMain => CallKind.ReplaceStatus,
                    CallKind.PatchMain => CallKind.PatchStatus,
                    CallKind.Read => CallKind.Read,
                    _ => CallKind.OtherSubresource,
                };
            }
            else if (OtherSubresources.Any(s => name.EndsWith(s, StringComparison.Ordinal) && names.Contains(name.Substring(0, name.Length - s.Length) + suffix)))
            {
                kind = CallKind.OtherSubresource;
            }

            if (kind == CallKind.Read && surface == ClientSurface.Typed && !symbols.IsKubernetesObject(Payload(method.ReturnType)))
            {
                return null;
            }

            return new CallShape(
                method,
                kind,
                surface == ClientSurface.CustomObjects,
                surface is ClientSurface.Typed or ClientSurface.ClientSet && names.Contains(name + "Status" + suffix),
                verb is "Save" or "Upsert");
        }

        return null;
    }

    public ClientCall Bind(MethodCall call, KubernetesSymbols symbols)
    {
        var body = kind is CallKind.Create or CallKind.ReplaceMain or CallKind.ReplaceStatus or CallKind.PatchMain or CallKind.PatchStatus
            or CallKind.Delete or CallKind.OtherSubresource
            ? Body(call, symbols)
            : null;
        var type = ObjectType(call, body, symbols);
        var status = hasStatusSibling && !untyped ? StatusSubresource.Present
            : untyped && type is null ? symbols.Declarations.UnknownKinds
            : symbols.StatusSubresourceOf(type);
        return new ClientCall(call, kind, type, body, status) { IsUpsert = upsert };
    }

    private ITypeSymbol? ObjectType(MethodCall call, CallArgument? body, KubernetesSymbols symbols)
    {
        if (body is not null)
        {
            var sent = ClientCall.Unwrap(body.Value).Type;
            if (symbols.IsKubernetesObject(sent))
            {
                return sent;
            }
        }

        var bound = call.Method;
        var result = Payload(bound.ReturnType);
        var element = KubernetesSymbols.ElementOfList(result) ?? ElementOfSequence(result) ?? result;
        if (symbols.IsKubernetesObject(element))
        {
            return element;
        }

        return bound.TypeArguments.Concat(bound.ContainingType.TypeArguments).FirstOrDefault(symbols.IsKubernetesObject)
            ?? (kind is CallKind.Delete or CallKind.DeleteCollection ? TypeOfReadSibling(symbols) : null);
    }

    /// <summary>A DELETE answers with a status; the GET beside it says of what.</summary>
    private ITypeSymbol? TypeOfReadSibling(KubernetesSymbols symbols)
    {
        var (name, suffix) = WithoutSuffix(method.Name);
        var rest = name.Substring(name.StartsWith("DeleteCollection", StringComparison.Ordinal) ? "DeleteCollection".Length : "Delete".Length);
        return new[] { "Read", "Get" }
            .SelectMany(verb => method.ContainingType.GetMembers(verb + rest + suffix))
            .OfType<IMethodSymbol>()
            .Select(m => Payload(m.ReturnType))
            .FirstOrDefault(symbols.IsKubernetesObject);
    }

    private CallArgument? Body(MethodCall call, KubernetesSymbols symbols)
    {
        CallArgument? found = null;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is not { } parameter || (parameter.Ordinal == 0 && call.Method.IsExtensionMethod && call.Method.ReducedFrom is null))
            {
                continue;
            }

            var type = parameter.OriginalDefinition.Type;
            var isBody = type is ITypeParameterSymbol || ElementOfSequence(type) is ITypeParameterSymbol
                || symbols.IsKubernetesObject(type)
                || SymbolEqualityComparer.Default.Equals(type, symbols.Patch)
                || parameter.Name == "body";
            if (isBody && (kind != CallKind.Delete || symbols.IsKubernetesObject(parameter.Type)))
            {
                found = argument;
                break;
            }
        }

        return found;
    }

    /// <summary>What a task or an HTTP envelope has inside.</summary>
    internal static ITypeSymbol Payload(ITypeSymbol type)
    {
        while (type is INamedTypeSymbol { TypeArguments.Length: 1, Name: "Task" or "ValueTask" or "HttpOperationResponse" } named)
        {
            type = named.TypeArguments[0];
        }

        return type;
    }

    internal static bool IsTask(ITypeSymbol type) => type.Name is "Task" or "ValueTask" or "IAsyncEnumerable";

    internal static ITypeSymbol? ElementOfSequence(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return array.ElementType;
        }

        return type is INamedTypeSymbol { SpecialType: not SpecialType.System_String } named
            ? named.AllInterfaces.Add(named).FirstOrDefault(i => i.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0]
            : null;
    }

    private static ClientSurface? Surface(IMethodSymbol method)
    {
        var type = method.ContainingType;
        // Most calls of a project go elsewhere: the outermost namespace tells without putting the whole name together.
        if (type is null || type.ContainingType is not null || KubernetesSymbols.RootNamespace(type) is not ("k8s" or "KubeOps" or "DotnetKubernetesClient" or "Neon"))
        {
            return null;
        }

        switch (type.ContainingNamespace?.ToDisplayString())
        {
            case "k8s":
                if (type.Name == "GenericClient")
                {
                    return ClientSurface.Generic;
                }

                if (type.Name is "CustomObjectsOperationsExtensions" or "ICustomObjectsOperations" || method.Name.Contains("CustomObject"))
                {
                    return ClientSurface.CustomObjects;
                }

                return type.Name is "KubernetesExtensions" or "IKubernetes" or "IBasicKubernetes" or "Kubernetes" or "AbstractKubernetes"
                    || type.Name.EndsWith("OperationsExtensions", StringComparison.Ordinal)
                    || (type.TypeKind == TypeKind.Interface && type.Name.EndsWith("Operations", StringComparison.Ordinal))
                    ? ClientSurface.Typed
                    : null;
            case "k8s.ClientSets":
                return type.Name.EndsWith("Client", StringComparison.Ordinal) ? ClientSurface.ClientSet : null;
            case "KubeOps.KubernetesClient" or "DotnetKubernetesClient":
                return type.Name is "IKubernetesClient" or "KubernetesClient" ? ClientSurface.KubeOps : null;
            default:
                return method.IsExtensionMethod && KubernetesSymbols.IsInNamespace(type, "Neon")
                    && method.Parameters[0].Type is INamedTypeSymbol { TypeKind: TypeKind.Interface, ContainingNamespace: { Name: "k8s", ContainingNamespace.IsGlobalNamespace: true } }
                    ? ClientSurface.CustomObjects
                    : null;
        }
    }

    private static (string Name, string Suffix) WithoutSuffix(string name)
    {
        foreach (var suffix in new[] { "WithHttpMessagesAsync", "WithHttpMessages", "Async" })
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                return (name.Substring(0, name.Length - suffix.Length), suffix);
            }
        }

        return (name, "");
    }

    private static HashSet<string> Names(INamedTypeSymbol type) => new(type.MemberNames, StringComparer.Ordinal);
}

/// <summary>The family of client methods a call belongs to.</summary>
internal enum ClientSurface
{
    /// <summary>One method per kind and verb: extensions, their <c>WithHttpMessages</c> core, and the flat methods of old clients.</summary>
    Typed,

    /// <summary><c>k8s.ClientSets</c>.</summary>
    ClientSet,

    /// <summary><c>k8s.GenericClient</c>.</summary>
    Generic,

    /// <summary>Objects by group, version and plural.</summary>
    CustomObjects,

    /// <summary>KubeOps' client, in its generations.</summary>
    KubeOps,
}
