using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>The variables of a body: where each gets its values, and which of them reach a place where it is read.</summary>
internal sealed partial class Activation
{
    /// <summary>What a local holds where it is read.</summary>
    public Meaning Local(ISymbol local, IOperation read)
    {
        if (!locals.TryGetValue(local, out var sources))
        {
            return Meaning.Unknown;
        }

        if (sources.Count > 1 && BlockOf(read) is { } block)
        {
            var reaching = Reaching(local, sources, block, read);
            return reaching.Count > 0 ? Source.Join(reaching) : Meaning.Unknown;
        }

        return Source.Join(sources);
    }

    /// <summary>
    /// The places whose value is still there where a local is read: those met first on the ways back from it. An exception may come before
    /// or after any of those in its <c>try</c>. What another activation, around this one or in it, gives the local may be there as well.
    /// </summary>
    private List<Source> Reaching(ISymbol local, List<Source> sources, int block, IOperation read)
    {
        var own = OwnSources(local, sources);
        var found = new HashSet<Source>(sources.Where(s => s.Activation != this));
        if (own[block].LastOrDefault(s => IsBefore(s, read)) is { } before)
        {
            found.Add(before);
        }
        else
        {
            GoBack(block);
        }

        return [.. sources.Where(found.Contains)];

        void GoBack(int start)
        {
            var seen = new HashSet<int>();
            var open = new Stack<int>([start]);
            while (open.Count > 0)
            {
                foreach (var edge in Flow.Predecessors(open.Pop()))
                {
                    for (var inTry = edge.From; edge.Exception && inTry <= edge.LastOfTry; inTry++)
                    {
                        found.UnionWith(own[inTry]);
                    }

                    if (!edge.Exception && own[edge.From].LastOrDefault() is { } last)
                    {
                        found.Add(last);
                    }
                    else if (seen.Add(edge.From))
                    {
                        open.Push(edge.From);
                    }
                }
            }
        }
    }

    private ILookup<int, Source> OwnSources(ISymbol local, List<Source> sources)
    {
        if (!ownSources.TryGetValue(local, out var own))
        {
            ownSources[local] = own = sources.Where(s => s.Activation == this).OrderBy(s => s.Operation.Syntax.SpanStart).ToLookup(s => s.Block.Ordinal);
        }

        return own;
    }

    private static bool IsBefore(Source source, IOperation read) =>
        source.Operation.Syntax.SpanStart < read.Syntax.SpanStart && !source.Operation.Syntax.Span.Contains(read.Syntax.Span);

    /// <summary>The delegates one of which a variable holds, each with the block that chooses it.</summary>
    public IEnumerable<(Activation Body, int Block)> Delegates(IOperation variable)
    {
        var sources = ClientCall.Unwrap(variable) switch
        {
            ILocalReferenceOperation local when locals.TryGetValue(local.Local, out var found) => found,
            IFlowCaptureReferenceOperation capture when captures.TryGetValue(capture.Id, out var found) => found,
            _ => [],
        };
        foreach (var source in sources.Where(s => s.Activation == this))
        {
            if (source.Read(this).Body is { } body)
            {
                yield return (body, source.Block.Ordinal);
            }
            else if (source.Operation != variable && ClientCall.Unwrap(source.Operation) is IFlowCaptureReferenceOperation inner)
            {
                foreach (var chosen in Delegates(inner))
                {
                    yield return chosen;
                }
            }
        }
    }

    /// <summary>Whether the method invokes what a variable holds.</summary>
    public bool Runs(ISymbol variable)
    {
        invoked ??= new(
            Graph.Blocks.SelectMany(Operations).OfType<IInvocationOperation>()
                .Select(i => i is { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } instance }
                    ? ClientCall.Unwrap(Behind(instance)) switch
                    {
                        ILocalReferenceOperation local => local.Local,
                        IParameterReferenceOperation parameter => parameter.Parameter,
                        _ => (ISymbol?)null,
                    }
                    : null)
                .Where(s => s is not null)
                .Select(s => s!),
            SymbolEqualityComparer.Default);
        return invoked.Contains(variable);
    }

    /// <summary>What a parameter holds once the method has given it a value.</summary>
    public Meaning Given(IParameterSymbol parameter) => locals.TryGetValue(parameter, out var sources) ? Source.Join(sources) : Meaning.Unknown;

    /// <summary>The expressions a local is assigned.</summary>
    public IEnumerable<IOperation> Assigned(ISymbol local) => locals.TryGetValue(local, out var sources) ? sources.Select(s => s.Operation) : [];

    public Meaning Captured(CaptureId id) => captures.TryGetValue(id, out var sources) ? Source.Join(sources) : Meaning.Unknown;

    public IEnumerable<IOperation> Captures(CaptureId id) => captures.TryGetValue(id, out var sources) ? sources.Select(s => s.Operation) : [];

    /// <summary>The assignments that an initializer makes to what was created.</summary>
    public IEnumerable<ISimpleAssignmentOperation> SetOn(CaptureId created) => initialized.TryGetValue(created, out var found) ? found : [];

    /// <summary>What an operation is behind the temporaries of the graph, if that is one thing only.</summary>
    public IOperation Behind(IOperation operation)
    {
        for (var i = 0; i < 4 && operation is IFlowCaptureReferenceOperation capture; i++)
        {
            var captured = Captures(capture.Id).Take(2).ToList();
            if (captured.Count != 1)
            {
                break;
            }

            operation = captured[0];
        }

        return operation;
    }

    private void Collect(BasicBlock block, IOperation operation)
    {
        if (operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: IFlowCaptureReferenceOperation { Id: var created } } } initialization)
        {
            AddTo(initialized, created, initialization);
        }

        switch (operation)
        {
            case IFlowCaptureOperation capture:
                AddTo(captures, capture.Id, new Source(this, block, capture.Value, activation => activation.Read(capture.Value)));
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment:
                Set(block, target.Local, assignment.Value);
                break;
            case ISimpleAssignmentOperation { Target: IParameterReferenceOperation { Parameter: { RefKind: RefKind.Out or RefKind.Ref } parameter } } assignment:
                Set(block, parameter, assignment.Value);
                break;
            case IDeconstructionAssignmentOperation { Target: { } targets } deconstruction when ((targets as IDeclarationExpressionOperation)?.Expression ?? targets) is ITupleOperation tuple:
                for (var i = 0; i < tuple.Elements.Length; i++)
                {
                    var index = i;
                    if (((tuple.Elements[i] as IDeclarationExpressionOperation)?.Expression ?? tuple.Elements[i]) is ILocalReferenceOperation element)
                    {
                        AddTo(locals, element.Local, new Source(this, block, deconstruction.Value, activation => Emptiness.ElementOf(activation.Read(deconstruction.Value), index, element.Type!)));
                    }
                }

                break;
            case IInvocationOperation call when Guards.IsDeclared(call.TargetMethod) || Reconciliation.Symbols.Declarations.IsGuard(call.TargetMethod):
                AddTo(declared, block.Ordinal, call.Syntax.SpanStart);
                break;
            case ISimpleAssignmentOperation { Target: IFlowCaptureReferenceOperation target } assignment:
                foreach (var variable in Captures(target.Id).ToList())
                {
                    switch (variable)
                    {
                        case ILocalReferenceOperation local:
                            Set(block, local.Local, assignment.Value);
                            break;
                        case IParameterReferenceOperation { Parameter: { RefKind: RefKind.Out or RefKind.Ref } parameter }:
                            Set(block, parameter, assignment.Value);
                            break;
                    }
                }

                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Parent: IInvocationOperation call } argument
                when (argument.Value as IDeclarationExpressionOperation)?.Expression is ILocalReferenceOperation || argument.Value is ILocalReferenceOperation:
                var written = (ILocalReferenceOperation)((argument.Value as IDeclarationExpressionOperation)?.Expression ?? argument.Value);
                AddTo(locals, written.Local, new Source(this, block, call, activation => Emptiness.Found(call, argument.Parameter, activation)));
                break;
            case IIsPatternOperation test:
                foreach (var (symbol, read) in Patterns.Declared(test.Pattern, activation => activation.Read(test.Value)))
                {
                    AddTo(locals, symbol, new Source(this, block, test.Value, read));
                }

                break;
        }

        void Set(BasicBlock at, ISymbol local, IOperation value) => AddTo(locals, local, new Source(this, at, value, activation => activation.Read(value)));
    }

    private static void AddTo<TKey, TValue>(Dictionary<TKey, List<TValue>> map, TKey key, TValue source)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var found))
        {
            map[key] = found = [];
        }

        found.Add(source);
    }
}
