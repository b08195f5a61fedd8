using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers;

/// <summary>Every rule's id, title, message, severity and page, in one place.</summary>
public static class Descriptors
{
    private const string Writes = "Harvester.Writes";
    private const string Restart = "Harvester.Restart";
    private const string Pages = "https://github.com/harvester-analyzers/harvester-analyzers/blob/main/docs/rules/";

    /// <summary>HARV1002: a whole object is sent although only its metadata changed.</summary>
    public static readonly DiagnosticDescriptor WholeObjectForMetadata = new(
        "HARV1002",
        "Whole object sent to change only its metadata",
        "{0} sends all of '{1}' although only its metadata was changed: the server takes every other field, status included, from this older copy; prefer {2} with only the changed keys",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A PUT replaces the whole object. Fields another writer stored meanwhile, fields this type does not know, and the status of a kind without a status subresource are lost or set back. A patch of the changed keys touches nothing else.",
        helpLinkUri: Pages + "HARV1002.md");

    /// <summary>HARV1004: the status was removed from an object before it is sent back.</summary>
    public static readonly DiagnosticDescriptor StatusStripped = new(
        "HARV1004",
        "Status stripped before a PUT",
        "{0} sends '{1}' without the status it was read with: {2}; send a patch of what changed instead",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A PUT without status deletes the stored status of a kind that has no status subresource. A controller that reads the missing status as 'new' then starts its work again.",
        helpLinkUri: Pages + "HARV1004.md");

    /// <summary>HARV1010: an object read from the server is sent back whole, its status aboard.</summary>
    public static readonly DiagnosticDescriptor WholeObjectCarriesStatus = new(
        "HARV1010",
        "Whole object sent back with the status it was read with",
        "{0} sends all of '{1}' with the status it was read with: {2}; prefer {3} with only the changed members",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The body of a PUT replaces everything the server stores for it. Without a status subresource the status in the body overwrites what another writer stored meanwhile, and what this type does not know is removed.",
        helpLinkUri: Pages + "HARV1010.md");

    /// <summary>HARV2001: work starts when the status is missing.</summary>
    public static readonly DiagnosticDescriptor StartsOnMissingStatus = new(
        "HARV2001",
        "Work starts when status is missing",
        "{0} runs whenever '{1}' is missing, and status can be lost: the work would start again; ask a marker bound to the object's uid, or the child itself, first",
        Restart,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Status is not a birth certificate: a full-object write, a restore or a migration can remove it. Work that starts because status is missing starts again then.",
        helpLinkUri: Pages + "HARV2001.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>HARV2002: work starts when a member of the status is empty.</summary>
    public static readonly DiagnosticDescriptor StartsOnEmptyMember = new(
        "HARV2002",
        "Work starts when a status member is empty",
        "{0} runs whenever '{1}' is empty, and status can be lost: the work would start again; ask a marker bound to the object's uid, or the child itself, first",
        Restart,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An empty phase, state, hash or counter does not prove that the object is new: it is what a lost status looks like. Work that starts on it starts again.",
        helpLinkUri: Pages + "HARV2002.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>HARV2003: work starts when a condition is absent.</summary>
    public static readonly DiagnosticDescriptor StartsOnAbsentCondition = new(
        "HARV2003",
        "Work starts when a condition is absent",
        "{0} runs whenever {1}, and conditions can be lost with the status: the work would start again; ask a marker bound to the object's uid, or the child itself, first",
        Restart,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Conditions are observations, not a state machine: an absent condition means unknown. Work that starts because a condition is absent starts again when the status is lost.",
        helpLinkUri: Pages + "HARV2003.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
