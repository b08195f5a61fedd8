using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.ClientModel;

/// <summary>The Kubernetes types of one compilation, and what is known of kinds.</summary>
internal sealed class KubernetesSymbols
{
    private const string ObjectInterface = "k8s.IKubernetesObject";

    private readonly ConcurrentDictionary<IMethodSymbol, CallShape?> shapes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> models = new();
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> testTypes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ITypeSymbol, StatusSubresource> statuses = new(SymbolEqualityComparer.Default);

    private KubernetesSymbols(Compilation compilation, INamedTypeSymbol kubernetesObject, ProjectDeclarations declarations)
    {
        Compilation = compilation;
        Declarations = declarations;
        KubernetesObject = kubernetesObject;
        IsTestAssembly = !declarations.AnalyzeTests && compilation.ReferencedAssemblyNames.Any(a => a.Name is "xunit.core" or "xunit.v3.core" or "nunit.framework"
            or "Microsoft.VisualStudio.TestPlatform.TestFramework" or "MSTest.TestFramework" or "TUnit.Core");
        ObjectMeta = compilation.GetTypeByMetadataName("k8s.Models.V1ObjectMeta");
        Patch = compilation.GetTypeByMetadataName("k8s.Models.V1Patch");
        JsonNode = compilation.GetTypeByMetadataName("System.Text.Json.Nodes.JsonNode");
        JsonObject = compilation.GetTypeByMetadataName("System.Text.Json.Nodes.JsonObject");
    }

    public Compilation Compilation { get; }

    /// <summary>What the project says about its own code.</summary>
    public ProjectDeclarations Declarations { get; }

    /// <summary>The assembly references a test framework: what it sends, it sends to provoke.</summary>
    public bool IsTestAssembly { get; }

    public INamedTypeSymbol KubernetesObject { get; }

    public INamedTypeSymbol? ObjectMeta { get; }

    public INamedTypeSymbol? Patch { get; }

    public INamedTypeSymbol? JsonNode { get; }

    public INamedTypeSymbol? JsonObject { get; }

    /// <summary>Null where the compilation references no Kubernetes client: then no rule has anything to say.</summary>
    public static KubernetesSymbols? TryCreate(Compilation compilation, ProjectDeclarations? declarations = null) =>
        compilation.GetTypeByMetadataName(ObjectInterface) is { } kubernetesObject
            ? new KubernetesSymbols(compilation, kubernetesObject, declarations ?? ProjectDeclarations.None)
            : null;

    /// <summary>Cheap: whether a Kubernetes client is referenced at all.</summary>
    public static bool HasClient(Compilation compilation) => compilation.GetTypeByMetadataName(ObjectInterface) is not null;

    /// <summary>A test, or what stands in one class or namespace with tests: what it sends, it sends to provoke. By simple names, for the framework may not bind.</summary>
    public bool IsTestCode(ISymbol symbol)
    {
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        while (type?.ContainingType is { } outer)
        {
            type = outer;
        }

        return type is not null && !Declarations.AnalyzeTests && testTypes.GetOrAdd(type, t => StandsAmongTests(t) || t.GetMembers().Any(m => m is IMethodSymbol && m.GetAttributes().Any(IsTestAttribute)) || t.GetAttributes().Any(IsTestAttribute));

        // "Contoso.Operator.Tests": what helps the tests has no attribute.
        static bool StandsAmongTests(INamedTypeSymbol type)
        {
            for (var ns = type.ContainingNamespace; ns is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false }; ns = ns.ContainingNamespace)
            {
                if (ns.Name is "Test" || ns.Name.EndsWith("Tests", StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }

        static bool IsTestAttribute(AttributeData attribute)
        {
            var name = attribute.AttributeClass?.Name ?? "";
            name = name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
            return name is "Test" or "TestCase" or "TestCaseSource" or "TestMethod" or "DataTestMethod" or "TestClass" or "TestFixture"
                || name.EndsWith("Fact", StringComparison.Ordinal) || name.EndsWith("Theory", StringComparison.Ordinal);
        }
    }

    /// <summary>What a call means; null if it is not a call of a Kubernetes client.</summary>
    public ClientCall? Resolve(IInvocationOperation invocation)
    {
        return ShapeOf(invocation.TargetMethod) is { } shape && !IsMadeOnSubstitute(invocation) ? shape.Bind(MethodCall.Of(invocation), this) : null;
    }

    /// <summary>
    /// What a call with an error in it means: of the client's methods it may be a call of, the one that takes the object written there.
    /// </summary>
    public ClientCall? Resolve(IInvalidOperation unbound, CancellationToken cancellationToken)
    {
        ClientCall? found = null;
        foreach (var method in CandidatesOf(unbound, cancellationToken))
        {
            if (ShapeOf(method) is { } shape && MethodCall.Of(unbound, method) is { } call)
            {
                var bound = shape.Bind(call, this);
                if (bound.Body is { Type: { } sent } && (IsKubernetesObject(sent) || sent.SpecialType == SpecialType.System_Object))
                {
                    return bound;
                }

                found ??= bound;
            }
        }

        return found;
    }

    private CallShape? ShapeOf(IMethodSymbol method) => shapes.GetOrAdd((method.ReducedFrom ?? method).OriginalDefinition, m => CallShape.Of(m, this));

    /// <summary><c>client.Received().UpdateAsync(w)</c> and <c>client.UpdateAsync(w).Returns(w)</c> say what is expected of a substitute; nothing is sent.</summary>
    private static bool IsMadeOnSubstitute(IInvocationOperation call)
    {
        IOperation? receiver = call;
        while (receiver is IInvocationOperation or IPropertyReferenceOperation or IConversionOperation)
        {
            if (receiver is IInvocationOperation { TargetMethod.ContainingType: { } type } && IsInNamespace(type, "NSubstitute"))
            {
                return true;
            }

            receiver = receiver switch
            {
                IInvocationOperation { Instance: null, TargetMethod.IsExtensionMethod: true, Arguments: { Length: > 0 } arguments } => arguments[0].Value,
                IInvocationOperation { Instance: var instance } => instance,
                IPropertyReferenceOperation { Instance: var instance } => instance,
                IConversionOperation { Operand: var operand } => operand,
                _ => null,
            };
        }

        return call.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.ContainingType: { } with } } && IsInNamespace(with, "NSubstitute");
    }

    /// <summary>
    /// The method that a call with an error in it most likely means: one of its arguments does not bind, but the name and the receiver do.
    /// </summary>
    public IMethodSymbol? MeantBy(IInvalidOperation call, CancellationToken cancellationToken) => CandidatesOf(call, cancellationToken).FirstOrDefault();

    private IEnumerable<IMethodSymbol> CandidatesOf(IInvalidOperation call, CancellationToken cancellationToken)
    {
        if (call.Syntax is not InvocationExpressionSyntax invocation)
        {
            return [];
        }

        var info = ModelOf(invocation.SyntaxTree).GetSymbolInfo(invocation, cancellationToken);
        return info.Symbol is IMethodSymbol bound
            ? [bound]
            : info.CandidateSymbols.OfType<IMethodSymbol>().OrderBy(m => m.Parameters.Length < invocation.ArgumentList.Arguments.Count ? 1 : 0);
    }

    /// <summary>The semantic model of a tree, made once.</summary>
    public SemanticModel ModelOf(SyntaxTree tree) => models.GetOrAdd(tree, t => Compilation.GetSemanticModel(t));

    /// <summary>A single object of the API: it has metadata. Lists are not meant.</summary>
    public bool IsKubernetesObject(ITypeSymbol? type)
    {
        switch (type)
        {
            case ITypeParameterSymbol parameter:
                return parameter.ConstraintTypes.Any(t => IsKubernetesObject(t) || SymbolEqualityComparer.Default.Equals(t, KubernetesObject));
            case INamedTypeSymbol named:
                return HasObjectMeta(named) || named.AllInterfaces.Any(HasObjectMeta);
            default:
                return false;
        }

        // Lists, options and answers are "objects" of the client too, but only what has object metadata is stored.
        static bool HasObjectMeta(INamedTypeSymbol candidate) =>
            candidate is
            {
                Name: "IKubernetesObject" or "IMetadata",
                ContainingNamespace: { Name: "k8s", ContainingNamespace.IsGlobalNamespace: true },
                TypeArguments.Length: 1,
            } && candidate.TypeArguments[0].Name == "V1ObjectMeta";
    }

    /// <summary>The type of the items of a list kind; null for anything else.</summary>
    public static ITypeSymbol? ElementOfList(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol named)
        {
            return null;
        }

        foreach (var candidate in named.AllInterfaces.Add(named))
        {
            if (candidate is { Name: "IItems", TypeArguments.Length: 1, ContainingNamespace.Name: "k8s" or "Models" })
            {
                return candidate.TypeArguments[0];
            }
        }

        return null;
    }

    /// <summary>Whether the type has a member <c>Status</c>. False where only an interface or a type parameter is known.</summary>
    public static bool HasStatus(ITypeSymbol? type) => StatusMember(type) is not null;

    /// <summary>The same, or what is only known by an interface or a type parameter: code that touches a status of it has seen one.</summary>
    public static bool MayHaveStatus(ITypeSymbol? type) => HasStatus(type) || type is ITypeParameterSymbol or { TypeKind: TypeKind.Interface };

    /// <summary>
    /// Whether objects of a type may well have a status that the type does not show: it is a type parameter of a class, whose users give it
    /// any kind. What a generic method sends is known at its calls.
    /// </summary>
    public bool HidesStatus(ITypeSymbol? type) => type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Type } && IsKubernetesObject(type) && !HasStatus(type);

    /// <summary>Whether the type has a member <c>Spec</c>.</summary>
    public static bool HasSpec(ITypeSymbol? type) => Member(type, "Spec") is not null;

    /// <summary>The member <c>Status</c> of a type or of what a type parameter is constrained to.</summary>
    public static IPropertySymbol? StatusMember(ITypeSymbol? type) => Member(type, "Status");

    /// <summary>Whether a member is the <c>Status</c> of a Kubernetes object.</summary>
    public bool IsStatusOfObject(IPropertySymbol property) =>
        property is { Name: "Status", IsStatic: false }
        && (IsKubernetesObject(property.ContainingType)
            || property.ContainingType is { Name: "IStatus", ContainingNamespace.Name: "k8s" });

    /// <summary>A kind of the user's own (or of another project): its definition, not the client, says what the server does.</summary>
    public bool IsCustomKind(ITypeSymbol? type) => IsKubernetesObject(type) && !IsBuiltIn(type);

    /// <summary>A kind of the client's own models.</summary>
    public static bool IsBuiltIn(ITypeSymbol? type) =>
        type is INamedTypeSymbol { ContainingNamespace: { Name: "Models", ContainingNamespace: { Name: "k8s", ContainingNamespace.IsGlobalNamespace: true } } };

    /// <summary>Whether the server takes status of this kind at <c>/status</c>. A manifest's word will come in here.</summary>
    public StatusSubresource StatusSubresourceOf(ITypeSymbol? type) =>
        type is null ? StatusSubresource.Unknown : statuses.GetOrAdd(type, Judge);

    private StatusSubresource Judge(ITypeSymbol type)
    {
        if (IsBuiltIn(type))
        {
            if (!HasStatus(type))
            {
                return StatusSubresource.Absent;
            }

            var client = Compilation.GetTypeByMetadataName("k8s.ClientSets." + KindName(type.Name) + "Client");
            return client is null || !client.GetMembers("UpdateStatusAsync").IsEmpty ? StatusSubresource.Present : StatusSubresource.Absent;
        }

        // KubeOps generates the definition from the class, and asks for the subresource when there is a status.
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.Name == "CustomKubernetesEntity" && IsInNamespace(current, "KubeOps") && HasStatus(type))
            {
                return StatusSubresource.Present;
            }
        }

        return Declarations.HasStatus(type) ? StatusSubresource.Present : IsKubernetesObject(type) ? Declarations.UnknownKinds : StatusSubresource.Unknown;
    }

    private static IPropertySymbol? Member(ITypeSymbol? type, string name)
    {
        if (type is ITypeParameterSymbol parameter)
        {
            return parameter.ConstraintTypes.Select(t => Member(t, name)).FirstOrDefault(p => p is not null);
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IPropertySymbol { IsStatic: false, DeclaredAccessibility: Accessibility.Public } property)
                {
                    return property;
                }
            }
        }

        return type is { TypeKind: TypeKind.Interface }
            ? type.AllInterfaces.SelectMany(i => i.GetMembers(name)).OfType<IPropertySymbol>().FirstOrDefault()
            : null;
    }

    /// <summary><c>V1beta1CronJob</c> is the model of the kind <c>CronJob</c>.</summary>
    internal static string KindName(string model)
    {
        var i = 0;
        if (model.Length > 1 && model[0] == 'V' && char.IsDigit(model[1]))
        {
            i = 1;
            while (i < model.Length && !char.IsUpper(model[i]))
            {
                i++;
            }
        }

        return model.Substring(i);
    }

    /// <summary>Whether a type stands in a namespace or one below it.</summary>
    internal static bool IsInNamespace(ITypeSymbol type, string root) => RootNamespace(type) == root;

    /// <summary>The outermost namespace of a type; empty if it stands in none.</summary>
    internal static string RootNamespace(ITypeSymbol? type)
    {
        var outermost = "";
        for (var ns = type?.ContainingNamespace; ns is { IsGlobalNamespace: false }; ns = ns.ContainingNamespace)
        {
            outermost = ns.Name;
        }

        return outermost;
    }
}
