using System.Collections.Concurrent;
using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow;

/// <summary>Where a reconciliation begins: a method, or a lambda in one, and the kind it is about.</summary>
internal sealed record Reconciler(ITypeSymbol Kind, IMethodSymbol Method, IMethodSymbol? Lambda);

/// <summary>
/// Finds the reconcilers of a compilation while its bodies go by: methods that are one by what they are, handlers registered with a watch,
/// informer, event or queue, and loops over a watch.
/// </summary>
internal sealed class ReconcilerFinder(MethodBodies bodies)
{
    private static readonly string[] Registrations =
        ["OnChange", "OnAdd", "OnUpdate", "OnEvent", "Watch", "Informer", "Event", "Queue", "Handler", "Handle", "Subscribe", "Register", "Reconcil", "AddController", "MapController"];

    /// <summary>What takes the next one out of a queue.</summary>
    private static readonly string[] Takes =
        ["Take", "TryTake", "Dequeue", "TryDequeue", "DequeueAsync", "ReadAsync", "TryRead", "ReadAllAsync", "GetConsumingEnumerable", "GetAsync", "NextAsync"];

    private readonly KubernetesSymbols symbols = bodies.Symbols;
    private readonly ReconcilerSigns signs = new(bodies.Symbols);
    private readonly ConcurrentDictionary<ISymbol, bool> called = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentBag<(Reconciler Reconciler, SyntaxNode Place)> registered = [];
    private readonly ConcurrentBag<(Reconciler Reconciler, SyntaxNode Place)> declared = [];

    /// <summary>Learns from one operation of a body.</summary>
    public void Learn(ISymbol owner, IOperation operation, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case IInvocationOperation call:
                var target = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
                if (SymbolEqualityComparer.Default.Equals(target.ContainingAssembly, symbols.Compilation.Assembly))
                {
                    called.TryAdd(target, true);
                }

                if (owner is IMethodSymbol method && (Watched(call) ?? Taken(call, cancellationToken)) is { } kind)
                {
                    Register(kind, method, null, operation.Syntax);
                }

                break;
            case IDelegateCreationOperation handler when owner is IMethodSymbol within && (IsRegistered(handler) || IsHandedOver(handler, within)):
                RegisterHandler(handler, within, cancellationToken);
                break;
        }
    }

    /// <summary>Learns from a body as a whole.</summary>
    public void LearnBody(IMethodSymbol method, IOperation root)
    {
        if (method.MethodKind is MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation && signs.IsReconciler(method) && KindOf(method, root) is { } kind)
        {
            declared.Add((Of(kind, method, null), root.Syntax));
        }
    }

    /// <summary>All that were found, in the order of the sources. A method that another one calls is a part of that one, unless a framework calls it, too.</summary>
    public IReadOnlyList<Reconciler> Find()
    {
        var found = new List<Reconciler>();
        foreach (var reconciler in InSourceOrder(registered).Concat(InSourceOrder(declared).Where(r => !called.ContainsKey(r.Method) || ReconcilerSigns.Implements(r.Method))))
        {
            if (!found.Any(r => SymbolEqualityComparer.Default.Equals(r.Kind, reconciler.Kind)
                && SymbolEqualityComparer.Default.Equals(r.Method, reconciler.Method)
                && SymbolEqualityComparer.Default.Equals(r.Lambda, reconciler.Lambda)))
            {
                found.Add(reconciler);
            }
        }

        return found;
    }

    private static IEnumerable<Reconciler> InSourceOrder(IEnumerable<(Reconciler Reconciler, SyntaxNode Place)> found) => found
        .OrderBy(f => f.Place.SyntaxTree.FilePath, StringComparer.Ordinal)
        .ThenBy(f => f.Place.SpanStart)
        .Select(f => f.Reconciler);

    /// <summary>The kind whose events a call asks for.</summary>
    private ITypeSymbol? Watched(IInvocationOperation call)
    {
        if (symbols.Resolve(call) is { Kind: CallKind.Watch, ObjectType: { } watched })
        {
            return watched;
        }

        // The client's extension over the answer of a list: its first type argument is the item.
        return call.TargetMethod is { Name: "WatchAsync", IsExtensionMethod: true, TypeArguments: { Length: > 0 } arguments } && KubernetesSymbols.IsInNamespace(call.TargetMethod.ContainingType, "k8s")
            ? arguments.FirstOrDefault(symbols.IsKubernetesObject)
            : null;
    }

    /// <summary>The kind whose objects, or whose keys, a loop takes out of a queue.</summary>
    private ITypeSymbol? Taken(IInvocationOperation call, CancellationToken cancellationToken)
    {
        var method = call.TargetMethod;
        if (Array.IndexOf(Takes, method.Name) < 0 || (call.Instance?.Type ?? method.ContainingType) is not { } queue || !IsQueue(queue) || !IsInLoop(call))
        {
            return null;
        }

        var taken = method.Parameters.FirstOrDefault(p => p.RefKind == RefKind.Out)?.Type ?? CallShape.Payload(method.ReturnType);
        taken = taken is INamedTypeSymbol { Name: "IAsyncEnumerable", TypeArguments: { Length: 1 } items } ? items[0] : CallShape.ElementOfSequence(taken) ?? taken;
        if (symbols.IsKubernetesObject(taken))
        {
            return taken;
        }

        return taken.SpecialType == SpecialType.System_String || IsKey(taken) ? KindReadBelow(Root(call), cancellationToken) : null;

        static bool IsQueue(ITypeSymbol type) => type.Name is "ChannelReader" or "BlockingCollection" or "ConcurrentQueue"
            || (type.Name.EndsWith("Queue", StringComparison.Ordinal) && KubernetesSymbols.RootNamespace(type) != "System");

        static bool IsInLoop(IOperation? operation)
        {
            while (operation is not (null or ILoopOperation))
            {
                operation = operation.Parent;
            }

            return operation is not null;
        }
    }

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>What is read by key in a body, or in what it calls.</summary>
    private ITypeSymbol? KindReadBelow(IOperation body, CancellationToken cancellationToken) => body.DescendantsAndSelf()
        .OfType<IInvocationOperation>()
        .Select(i => symbols.Resolve(i) is { Kind: CallKind.Read } client ? client.ObjectType
            : bodies.BodyOf(i.TargetMethod, cancellationToken) is { } called && bodies.RootOf(called, cancellationToken) is { } root ? KindRead(root) : null)
        .FirstOrDefault(symbols.IsKubernetesObject);

    private static bool IsRegistered(IDelegateCreationOperation handler)
    {
        var parent = handler.Parent;
        while (parent is IConversionOperation or IObjectOrCollectionInitializerOperation)
        {
            parent = parent.Parent;
        }

        return parent switch
        {
            IEventAssignmentOperation { Adds: true } => true,
            IArgumentOperation { Parent: IInvocationOperation call } => IsRegistration(call.TargetMethod.Name)
                || (call.TargetMethod.Name.StartsWith("Add", StringComparison.Ordinal) && IsRegistration(call.TargetMethod.ContainingType.Name)),
            IArgumentOperation { Parent: IObjectCreationOperation { Type: { } type } } => IsRegistration(type.Name),
            _ => false,
        };
    }

    /// <summary>
    /// An asynchronous handler of objects that code without an object at hand passes on: it will be called for each. Where there is an object, such a
    /// delegate is more likely run at once, and the way to it counts.
    /// </summary>
    private bool IsHandedOver(IDelegateCreationOperation handler, IMethodSymbol within) =>
        handler.Parent is IArgumentOperation { Parent: IInvocationOperation call }
        && !ReconcilerSigns.IsRemoval(call.TargetMethod.Name)
        && KubernetesSymbols.RootNamespace(call.TargetMethod.ContainingType) is not ("System" or "Microsoft")
        && !within.Parameters.Any(p => symbols.IsKubernetesObject(p.Type))
        && handler.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
        && CallShape.IsTask(invoke.ReturnType)
        && CallShape.Payload(invoke.ReturnType).SpecialType != SpecialType.System_Boolean
        && invoke.Parameters.Any(p => symbols.IsKubernetesObject(p.Type));

    private static bool IsRegistration(string name) => ReconcilerSigns.Contains(name, Registrations) && !ReconcilerSigns.IsRemoval(name);

    private void RegisterHandler(IDelegateCreationOperation handler, IMethodSymbol within, CancellationToken cancellationToken)
    {
        var signature = (handler.Type as INamedTypeSymbol)?.DelegateInvokeMethod;
        if (signature is null || signature.ReturnType.SpecialType == SpecialType.System_Boolean)
        {
            return;
        }

        var kind = signature.Parameters.Select(p => p.Type).FirstOrDefault(symbols.IsKubernetesObject);
        switch (handler.Target)
        {
            case IMethodReferenceOperation { Method: { } method } when bodies.BodyOf(method, cancellationToken) is { } body && !ReconcilerSigns.IsRemoval(method.Name):
                if ((kind ?? KindOf(body, bodies.RootOf(body, cancellationToken))) is { } known)
                {
                    Register(known, body, null, handler.Syntax);
                }

                break;
            case IAnonymousFunctionOperation lambda when kind is not null:
                Register(kind, within, lambda.Symbol, handler.Syntax);
                break;
            case IAnonymousFunctionOperation lambda when signature.Parameters.Any(IsKey) && KindRead(lambda) is { } read:
                Register(read, within, lambda.Symbol, handler.Syntax);
                break;
        }
    }

    private ITypeSymbol? KindOf(IMethodSymbol method, IOperation? root)
    {
        if (method.Parameters.Select(p => p.Type).FirstOrDefault(symbols.IsKubernetesObject) is { } kind)
        {
            return kind;
        }

        var byKey = method.Parameters.Any(IsKey)
            || (method.Parameters.Any(p => p.Name is "name" or "key") && method.Parameters.Any(p => p.Name is "namespace" or "ns" or "namespaceName" or "key"));
        return byKey && root is not null ? KindRead(root) : null;
    }

    private static bool IsKey(IParameterSymbol parameter) => IsKey(parameter.Type);

    /// <summary>A type made to say which object is meant: by its name, or by having a name and a namespace.</summary>
    private static bool IsKey(ITypeSymbol type) => type.Name.EndsWith("Key", StringComparison.Ordinal) || type.Name is "NamespacedName" or "ReconcileRequest"
        || (HasText(type, "Name") && (HasText(type, "Namespace") || HasText(type, "NamespaceProperty")) && type.GetMembers("Metadata").IsEmpty);

    private static bool HasText(ITypeSymbol type, string member) => type.GetMembers(member).Any(m => m is IPropertySymbol { Type.SpecialType: SpecialType.System_String });

    /// <summary>The kind whose object is read first: what a key in the parameters names.</summary>
    private ITypeSymbol? KindRead(IOperation body) => body.DescendantsAndSelf()
        .OfType<IInvocationOperation>()
        .Where(i => i.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(o => o is IParameterReferenceOperation)))
        .Select(i => symbols.Resolve(i) is { Kind: CallKind.Read } client ? client.ObjectType : CallShape.Payload(i.TargetMethod.ReturnType))
        .FirstOrDefault(symbols.IsKubernetesObject);

    private void Register(ITypeSymbol kind, IMethodSymbol method, IMethodSymbol? lambda, SyntaxNode place) => registered.Add((Of(kind, method, lambda), place));

    private static Reconciler Of(ITypeSymbol kind, IMethodSymbol method, IMethodSymbol? lambda) =>
        new(kind.WithNullableAnnotation(NullableAnnotation.None), method.OriginalDefinition, lambda);
}
