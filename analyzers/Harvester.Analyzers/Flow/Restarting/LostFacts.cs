using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Harvester.Analyzers.Flow.Restarting;

/// <summary>
/// Facts put into the status because it was missing, which nothing can tell again: a time, a random value, the name the server gave
/// a child, or how the specification was at that moment.
/// </summary>
internal static class LostFacts
{
    private static readonly string[] OfThatMoment = ["Previous", "Old", "Initial", "Original", "Started", "First", "Before"];

    /// <summary>What was there before is gone afterwards, whoever told it.</summary>
    private static readonly string[] OfBefore = ["Previous", "Old", "Original", "Before"];

    public static IEnumerable<LostFact> Of(IOperation operation, IReadOnlyList<Cause> causes, Activation activation)
    {
        if (causes.Count == 0)
        {
            yield break;
        }

        foreach (var fact in StatusValues.Of(operation, activation).Where(f => !IsObservation(f.Member)))
        {
            var cause = causes.LastOrDefault(c => c.Part.Kind == StatusPartKind.Status || (c.Part.Kind == StatusPartKind.Member && fact.IsOf(c.Part)));
            if (cause is not null && Irrecoverable(fact.Value, fact.Member, activation, 0) is { } source && !StatusValues.IsStoredElsewhere(fact, activation))
            {
                var member = fact.Member.Length > 0 ? fact.Member : cause.Part.Name.Substring(cause.Part.Name.LastIndexOf('.') + 1);
                yield return new LostFact(cause.Part, cause.Part.NamedBy ?? cause.Condition.Syntax, fact.At, member, source, cause.Guard);
            }
        }
    }

    /// <summary>What is written anew whenever it is seen may be written with the clock.</summary>
    private static bool IsObservation(string member) =>
        member is "Conditions" || member.StartsWith("Last", StringComparison.OrdinalIgnoreCase) || member.StartsWith("Observed", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a value is another one each time.</summary>
    public static bool IsDrawn(IOperation value, Activation activation) => Irrecoverable(value, "", activation, 0) is not null;

    private static string? Irrecoverable(IOperation value, string member, Activation activation, int depth)
    {
        if (depth > Reconciliation.Depth)
        {
            return null;
        }

        foreach (var part in value.DescendantsAndSelf())
        {
            var source = part switch
            {
                IInvocationOperation call => OfCall(call, member, activation, depth),
                IPropertyReferenceOperation property => OfProperty(property, member, activation),
                IObjectCreationOperation { Type.Name: "Random" } => "a random value",
                ILocalReferenceOperation local => activation.Assigned(local.Local).Take(4).Select(a => ReferenceEquals(a, value) ? null : Irrecoverable(a, member, activation, depth + 1)).FirstOrDefault(s => s is not null),
                IFlowCaptureReferenceOperation capture => activation.Captures(capture.Id).Take(4).Select(a => ReferenceEquals(a, value) ? null : Irrecoverable(a, member, activation, depth + 1)).FirstOrDefault(s => s is not null),
                _ => null,
            };
            if (source is not null)
            {
                return source;
            }
        }

        return null;
    }

    private static string? OfCall(IInvocationOperation call, string member, Activation activation, int depth)
    {
        var method = call.TargetMethod;
        switch (method.ContainingType?.Name)
        {
            case "Guid" when method.Name.StartsWith("NewGuid", StringComparison.Ordinal) || method.Name.StartsWith("CreateVersion7", StringComparison.Ordinal):
                return "a random id";
            case "Random" or "RandomNumberGenerator":
                return "a random value";
            case "TimeProvider" when method.Name is "GetUtcNow" or "GetLocalNow":
                return "the clock";
        }

        if (OfBefore.Any(word => member.StartsWith(word, StringComparison.OrdinalIgnoreCase)) && call.Parent is IAwaitOperation && activation.Reconciliation.Symbols.Resolve(call) is null)
        {
            return "what was found at that moment";
        }

        // A helper that draws the value.
        return method.ReturnType.SpecialType != SpecialType.System_Void && CallMeaning.Callee(call, activation) is { } callee && callee != activation
            ? callee.Graph.Blocks.SelectMany(Activation.Operations)
                .Where(o => o is IInvocationOperation or IPropertyReferenceOperation or IObjectCreationOperation { Type.Name: "Random" })
                .Select(o => o is IInvocationOperation inner ? OfCall(inner, member, callee, depth + 1) : o is IPropertyReferenceOperation { Property.Name: "UtcNow" or "Now" } clock ? OfProperty(clock, member, callee) : o is IObjectCreationOperation ? "a random value" : null)
                .FirstOrDefault(s => s is not null && depth <= Reconciliation.Depth)
            : null;
    }

    private static string? OfProperty(IPropertyReferenceOperation property, string member, Activation activation)
    {
        var type = property.Property.ContainingType?.Name;
        if (type is "DateTime" or "DateTimeOffset" && property.Property.Name is "Now" or "UtcNow" or "Today")
        {
            return "the clock";
        }

        if (property.Property.Name == "Shared" && type == "Random")
        {
            return "a random value";
        }

        return property.Property.Name == "Spec" && activation.Reconciliation.IsReconciled(property.Property.ContainingType)
            && OfThatMoment.Any(word => member.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            ? "how the specification was at that moment"
            : null;
    }
}
