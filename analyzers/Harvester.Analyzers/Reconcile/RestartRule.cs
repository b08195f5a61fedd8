using Harvester.Analyzers.Flow.Restarting;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Reconcile;

/// <summary>A judge over what the search found: which emptiness it speaks about, and how it names it.</summary>
internal abstract class RestartRule
{
    public abstract DiagnosticDescriptor Descriptor { get; }

    public abstract bool Judges(Restart restart);

    public abstract string Describe(Restart restart);

    public virtual DiagnosticSeverity SeverityOf(Restart restart) => Descriptor.DefaultSeverity;

    /// <summary>The text of a condition, on one line and not too long.</summary>
    protected static string TextOf(SyntaxNode condition)
    {
        var text = string.Join(" ", condition.ToString().Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length > 90 ? text.Substring(0, 87) + "..." : text;
    }
}
