using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow;
using Harvester.Analyzers.Flow.Objects;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// A PUT as the judges see it. Through a wrapper the facts are those the caller brought about: what the wrapper does
/// itself is judged in the wrapper.
/// </summary>
internal sealed class JudgedWrite
{
    private readonly KubernetesSymbols symbols;

    private JudgedWrite(Write write, ImmutableArray<SentObject> sent, IMethodSymbol? method, StatusSubresource status, IReadOnlyList<Write> all, KubernetesSymbols symbols)
    {
        this.symbols = symbols;
        Status = status;
        Write = write;
        Sent = sent;
        Objects = sent.Select(s => s.Now).ToImmutableArray();
        Method = method;
        All = all;
    }

    public Write Write { get; }

    public ClientCall Call => Write.Call;

    public IMethodSymbol? Method { get; }

    /// <summary>Whether what is sent is known to have <c>/status</c>; a generic wrapper does not know, its caller does.</summary>
    public StatusSubresource Status { get; }

    /// <summary>The objects that may be sent, with the facts to judge as <see cref="SentObject.Now"/>.</summary>
    public ImmutableArray<SentObject> Sent { get; }

    /// <summary>The facts of the objects that may be sent.</summary>
    public ImmutableArray<Facts> Objects { get; }

    /// <summary>The method that writes is a reconciler by its name, a mark, or what it implements.</summary>
    public bool StandsInReconciler => Method is not null && new ReconcilerSigns(symbols).IsReconciler(Method);

    /// <summary>All writes of the method.</summary>
    private IReadOnlyList<Write> All { get; }

    public string CallName => Write.SiteMethod.Name;

    /// <summary>The kind's name as the reader of a message knows it, or the text of the body.</summary>
    public string Subject
    {
        get
        {
            var text = Call.Body?.Syntax.ToString() ?? "";
            return !Write.ThroughWrapper && text.Length is > 0 and <= 40 && !text.Contains('\n')
                ? text
                : Objects.Select(o => o.Type?.Name).FirstOrDefault(n => n is not null) ?? "the object";
        }
    }

    /// <summary>The object is of a type parameter of its class: it may have a status the type does not show.</summary>
    public bool HidesStatus(Facts sent) => symbols.HidesStatus(sent.Type);

    /// <summary>The PATCH that stands beside the PUT.</summary>
    public string PatchName
    {
        get
        {
            var name = CallName.Replace("Replace", "Patch").Replace("Update", "Patch");
            return Write.ThroughWrapper || Write.SiteMethod.ContainingType.GetMembers(name).IsEmpty ? "a merge patch" : name;
        }
    }

    /// <summary>The call of <c>/status</c> that stands beside the PUT.</summary>
    public string StatusCallName
    {
        get
        {
            if (Write.ThroughWrapper)
            {
                return "the status call";
            }

            var suffix = new[] { "WithHttpMessagesAsync", "WithHttpMessages", "Async", "" }.First(s => CallName.EndsWith(s, StringComparison.Ordinal));
            var name = CallName.Substring(0, CallName.Length - suffix.Length);
            name = (name == "Save" ? "Update" : name) + "Status" + suffix;
            return !Call.IsUpsert && Write.SiteMethod.ContainingType.GetMembers(name).IsEmpty ? "the status call of CustomObjects or of the typed client" : name;
        }
    }

    /// <summary>The call of the main resource that stands beside a call of <c>/status</c>.</summary>
    public string MainCallName => Write.ThroughWrapper ? "a write of the main resource" : CallName.Replace("Status", "");

    /// <summary>A status call that may follow sends a status of the same kind.</summary>
    public bool StatusIsSentLater => All.Any(w =>
        w.Call.Kind is CallKind.ReplaceStatus or CallKind.PatchStatus && Write.MayPrecede(w) && IsSameKind(w));

    /// <summary>On every path from here the main resource is written with the same object, or patched.</summary>
    public bool MainFollows(SentObject sent) => Write.IsAlwaysFollowedBy([.. All.Where(w =>
        w.Call.Kind == CallKind.PatchMain ? IsSameKind(w) : w.Call.Kind is CallKind.ReplaceMain && w.Objects.Any(o => o.Id == sent.Id))]);

    /// <summary>A PUT of the main resource; null for any other call, and where nothing is known of what is sent.</summary>
    public static JudgedWrite? OfMain(Write write, IMethodSymbol? method, IReadOnlyList<Write> all, KubernetesSymbols symbols) =>
        write.Call.IsMainPut ? Of(write, _ => true, method, all, symbols) : null;

    /// <summary>
    /// The same without objects that the method also creates: they were built for both, not read, and a parameter was built by the caller.
    /// </summary>
    public static JudgedWrite? OfMainOnly(Write write, IMethodSymbol? method, IReadOnlyList<Write> all, KubernetesSymbols symbols) =>
        write.Call.IsMainPut ? Of(write, o => !IsCreated(o, all) || o.Now.Is(Origin.Read & ~Origin.Parameter), method, all, symbols) : null;

    /// <summary>A PUT of <c>/status</c>.</summary>
    public static JudgedWrite? OfStatus(Write write, IMethodSymbol? method, IReadOnlyList<Write> all, KubernetesSymbols symbols) =>
        write.Call.Kind == CallKind.ReplaceStatus ? Of(write, _ => true, method, all, symbols) : null;

    private static JudgedWrite? Of(Write write, Func<SentObject, bool> counts, IMethodSymbol? method, IReadOnlyList<Write> all, KubernetesSymbols symbols)
    {
        var sent = ImmutableArray.CreateBuilder<SentObject>();
        foreach (var candidate in write.Objects)
        {
            if (counts(candidate) && (write.ThroughWrapper ? candidate.AtEntry ?? (candidate.Now.Has(Touched.ByCaller) ? candidate.Now : null) : candidate.Now) is { } facts)
            {
                // What the wrapper sent itself on the way is not waiting any more.
                sent.Add(candidate with { Now = facts with { Unsent = facts.Unsent & candidate.WhenSent.Unsent } });
            }
        }

        if (sent.Count == 0)
        {
            return null;
        }

        var status = write.Call.Status == StatusSubresource.Unknown ? symbols.StatusSubresourceOf(sent[0].Now.Type) : write.Call.Status;
        return new JudgedWrite(write, sent.ToImmutable(), method, status, all, symbols);
    }

    private static bool IsCreated(SentObject sent, IReadOnlyList<Write> all) =>
        all.Any(w => w.Call.Kind == CallKind.Create && w.Objects.Any(o => o.Id == sent.Id));

    private bool IsSameKind(Write other)
    {
        var mine = Objects[0].Type ?? Call.ObjectType;
        var others = other.Objects.Select(o => o.Now.Type).FirstOrDefault(t => t is not null) ?? other.Call.ObjectType;
        return mine is null || others is null || SymbolEqualityComparer.Default.Equals(mine.OriginalDefinition, others.OriginalDefinition)
            || mine is ITypeParameterSymbol || others is ITypeParameterSymbol;
    }
}
