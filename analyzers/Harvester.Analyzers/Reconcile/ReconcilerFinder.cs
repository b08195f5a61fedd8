using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Reconcile;

/// <summary>Where a reconciliation begins: a method, or a lambda in one, and the kind it is about.</summary>
internal sealed record Reconciler(ITypeSymbol Kind, IMethodSymbol Method, IAnonymousFunctionOperation? Lambda);

/// <summary>
/// Finds reconcilers: methods named so, methods marked <c>[Reconciler]</c>, handlers registered with a watch, informer, event or queue,
/// and loops over a watch.
/// </summary>
internal sealed class ReconcilerFinder(KubernetesSymbols symbols, MethodBodies bodies)
{
    private static readonly string[] Registrations =
        ["OnChange", "OnAdd", "OnUpdate", "OnEvent", "Watch", "Informer", "Event", "Queue", "Handler", "Handle", "Subscribe", "Register", "Reconcil", "AddController", "MapController"];

    private static readonly string[] Roles = ["Controller", "Handler", "Operator", "Watcher", "Worker", "Reconcil"];

    private static readonly string[] Removals = ["Delet", "Remov", "Finaliz"];

    public IReadOnlyList<Reconciler> Find()
    {
        var found = new List<Reconciler>();
        var called = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var (owner, root) in bodies.InSourceOrder())
        {
            foreach (var operation in root.DescendantsAndSelf())
            {
                switch (operation)
                {
                    case IInvocationOperation call:
                        called.Add((call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition);
                        if (owner is IMethodSymbol method && symbols.Resolve(call) is { Kind: CallKind.Watch, ObjectType: { } watched })
                        {
                            Add(found, watched, method, null);
                        }

                        break;
                    case IDelegateCreationOperation handler when owner is IMethodSymbol within && (IsRegistered(handler) || IsHandedOver(handler, within)):
                        AddHandler(found, handler, within);
                        break;
                }
            }
        }

        foreach (var (owner, _) in bodies.InSourceOrder())
        {
            if (owner is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation } method && IsReconciler(method)
                && (!called.Contains(method) || Implements(method)) && KindOf(method) is { } kind)
            {
                Add(found, kind, method, null);
            }
        }

        return found;
    }

    private bool IsReconciler(IMethodSymbol method) =>
        !Contains(method.Name, Removals)
        && !symbols.IsTestCode(method)
        && (method.Name.Contains("Reconcile") || Marked(method) || Marked(method.ContainingType) || method.ContainingType.AllInterfaces.Any(Marked) || HandlesItsKind(method));

    /// <summary>A framework calls it: it implements or overrides a member of a controller or handler that is generic in the custom kind it takes.</summary>
    private bool HandlesItsKind(IMethodSymbol method)
    {
        if (!Guards.IsTask(method.ReturnType) || method.Parameters.Select(p => p.Type).FirstOrDefault(symbols.IsCustomKind) is not { } kind || !Implements(method))
        {
            return false;
        }

        var roles = new List<INamedTypeSymbol>(method.ContainingType.AllInterfaces);
        for (var type = method.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            roles.Add(type);
        }

        return roles.Any(r => Contains(r.Name, Roles) && !Contains(r.Name, Removals) && r.TypeArguments.Any(a => SymbolEqualityComparer.Default.Equals(a, kind)));
    }

    private bool Marked(ISymbol symbol) => symbols.Declarations.IsReconciler(symbol) || symbol.GetAttributes().Any(a => a.AttributeClass?.Name is "ReconcilerAttribute" or "Reconciler");

    private static bool Implements(IMethodSymbol method) => method.IsOverride || method.ContainingType.AllInterfaces
        .SelectMany(i => i.GetMembers())
        .Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method));

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
        && !Contains(call.TargetMethod.Name, Removals)
        && Guards.Root(call.TargetMethod.ContainingType) is not ("System" or "Microsoft")
        && !within.Parameters.Any(p => symbols.IsKubernetesObject(p.Type))
        && handler.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke }
        && Guards.IsTask(invoke.ReturnType)
        && CallShape.Payload(invoke.ReturnType).SpecialType != SpecialType.System_Boolean
        && invoke.Parameters.Any(p => symbols.IsKubernetesObject(p.Type));

    private static bool IsRegistration(string name) => Contains(name, Registrations) && !Contains(name, Removals);

    private static bool Contains(string name, string[] words) => words.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0);

    private void AddHandler(List<Reconciler> found, IDelegateCreationOperation handler, IMethodSymbol within)
    {
        var signature = (handler.Type as INamedTypeSymbol)?.DelegateInvokeMethod;
        if (signature is null || signature.ReturnType.SpecialType == SpecialType.System_Boolean)
        {
            return;
        }

        var kind = signature.Parameters.Select(p => p.Type).FirstOrDefault(symbols.IsKubernetesObject);
        switch (handler.Target)
        {
            case IMethodReferenceOperation { Method: { } method } when bodies.Target(method) is { } body && !Contains(method.Name, Removals):
                if ((kind ?? KindOf(body)) is { } known)
                {
                    Add(found, known, body, null);
                }

                break;
            case IAnonymousFunctionOperation lambda when kind is not null:
                Add(found, kind, within, lambda);
                break;
            case IAnonymousFunctionOperation lambda when signature.Parameters.Any(IsKey) && KindRead(lambda) is { } read:
                Add(found, read, within, lambda);
                break;
        }
    }

    private ITypeSymbol? KindOf(IMethodSymbol method)
    {
        if (method.Parameters.Select(p => p.Type).FirstOrDefault(symbols.IsKubernetesObject) is { } kind)
        {
            return kind;
        }

        var byKey = method.Parameters.Any(IsKey)
            || (method.Parameters.Any(p => p.Name is "name" or "key") && method.Parameters.Any(p => p.Name is "namespace" or "ns" or "namespaceName" or "key"));
        return byKey && bodies.Root(method) is { } root ? KindRead(root) : null;
    }

    private static bool IsKey(IParameterSymbol parameter) =>
        parameter.Type.Name.EndsWith("Key", StringComparison.Ordinal) || parameter.Type.Name is "NamespacedName" or "ReconcileRequest";

    /// <summary>The kind whose object is read first: what a key in the parameters names.</summary>
    private ITypeSymbol? KindRead(IOperation body) => body.DescendantsAndSelf()
        .OfType<IInvocationOperation>()
        .Where(i => i.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(o => o is IParameterReferenceOperation)))
        .Select(i => symbols.Resolve(i) is { Kind: CallKind.Read } client ? client.ObjectType : CallShape.Payload(i.TargetMethod.ReturnType))
        .FirstOrDefault(symbols.IsKubernetesObject);

    private static void Add(List<Reconciler> found, ITypeSymbol kind, IMethodSymbol method, IAnonymousFunctionOperation? lambda)
    {
        kind = kind.WithNullableAnnotation(NullableAnnotation.None);
        if (!found.Any(r => SymbolEqualityComparer.Default.Equals(r.Kind, kind) && SymbolEqualityComparer.Default.Equals(r.Method, method) && r.Lambda == lambda))
        {
            found.Add(new(kind, method.OriginalDefinition, lambda));
        }
    }
}
