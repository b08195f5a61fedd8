using System.Collections.Immutable;
using Harvester.Analyzers.ClientModel;
using Harvester.Analyzers.Flow;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>What a rule says about a write.</summary>
internal sealed record Verdict(DiagnosticDescriptor Rule, DiagnosticSeverity Severity, params string[] Arguments);

/// <summary>
/// A PUT of a main resource as the judges see it. Through a wrapper the facts are those the caller brought about: what the wrapper does
/// itself is judged in the wrapper.
/// </summary>
internal sealed class JudgedWrite
{
    private JudgedWrite(Write write, ImmutableArray<Facts> objects, IMethodSymbol? method, StatusSubresource status)
    {
        Status = status;
        Write = write;
        Objects = objects;
        Method = method;
    }

    public Write Write { get; }

    public ClientCall Call => Write.Call;

    public IMethodSymbol? Method { get; }

    /// <summary>Whether what is sent is known to have <c>/status</c>; a generic wrapper does not know, its caller does.</summary>
    public StatusSubresource Status { get; }

    /// <summary>The objects that may be sent.</summary>
    public ImmutableArray<Facts> Objects { get; }

    public string CallName => Write.Site.TargetMethod.Name;

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

    /// <summary>What the wrapper, or the call itself, is declared to take has a status: the wrapper's own body is judged for that.</summary>
    public bool WrapperKnowsStatus => Write.ThroughWrapper && KubernetesSymbols.HasStatus(Call.ObjectType);

    /// <summary>The PATCH that stands beside the PUT.</summary>
    public string PatchName =>
        Write.ThroughWrapper ? "a merge patch" : CallName.Replace("Replace", "Patch").Replace("Update", "Patch").Replace("Save", "Patch");

    public static JudgedWrite? Of(Write write, IMethodSymbol? method, ISet<int> created, KubernetesSymbols symbols)
    {
        if (!write.Call.IsMainPut)
        {
            return null;
        }

        // A parameter that the method also creates was built by the caller, not read: create-or-replace.
        var objects = write.Objects.Where(o => !created.Contains(o.Id) || o.Now.Is(Origin.Read & ~Origin.Parameter)).Select(o => write.ThroughWrapper ? o.AtEntry : o.Now).Where(f => f is not null).Select(f => f!).ToImmutableArray();
        if (objects.IsEmpty)
        {
            return null;
        }

        var status = write.Call.Status == StatusSubresource.Unknown ? symbols.StatusSubresourceOf(objects[0].Type) : write.Call.Status;
        return new JudgedWrite(write, objects, method, status);
    }
}
