using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers;

/// <summary>Every rule's id, title, message, severity and page, in one place.</summary>
public static class Descriptors
{
    private const string Writes = "Harvester.Writes";
    private const string Restart = "Harvester.Restart";
    private const string Configuration = "Harvester.Configuration";
    private const string Pages = "https://github.com/harvester-analyzers/harvester-analyzers/blob/main/docs/rules/";

    /// <summary>HARV0001: an option or a line of a table that cannot be used.</summary>
    public static readonly DiagnosticDescriptor UnusableConfiguration = new(
        "HARV0001",
        "Configuration that cannot be used",
        "{0}",
        Configuration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The rules go on as if the option or the line were not there. What was meant to be reported, or not to be, may not be.",
        helpLinkUri: Pages + "HARV0001.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>HARV1001: a changed status is sent to the main resource.</summary>
    public static readonly DiagnosticDescriptor StatusSentToMain = new(
        "HARV1001",
        "Status change sent to the main resource",
        "{0} sends the changed status of '{1}' to the main resource: {2}; {3}",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A PUT of the main resource of a kind with a status subresource answers 200 and drops the status. Without the subresource the status in the body overwrites what another writer stored meanwhile.",
        helpLinkUri: Pages + "HARV1001.md");

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

    /// <summary>HARV1003: an object built from nothing replaces the stored one.</summary>
    public static readonly DiagnosticDescriptor FreshObjectReplaces = new(
        "HARV1003",
        "PUT of a freshly built object",
        "{0} replaces the stored '{1}' with an object built here that has no resourceVersion: {2}; send it by server-side apply, or change the object just read",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A body without resourceVersion cannot conflict. Custom resources answer 422; many built-in kinds take it, and every field another writer set is gone.",
        helpLinkUri: Pages + "HARV1003.md");

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

    /// <summary>HARV1005: a call of /status carries other changes too.</summary>
    public static readonly DiagnosticDescriptor StatusCallDropsChanges = new(
        "HARV1005",
        "Status call ignores other changes",
        "{0} sends '{1}' to /status, where the server ignores the changed {2}; send those with {3} first",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A write of the status subresource takes nothing but status: what else was changed in the object is dropped without an error.",
        helpLinkUri: Pages + "HARV1005.md");

    /// <summary>HARV1006: a patch of the main resource has a status in it.</summary>
    public static readonly DiagnosticDescriptor MainPatchHasStatus = new(
        "HARV1006",
        "Patch of the main resource contains status",
        "{0} sends a patch of status to the main resource: {1}; call {2} instead",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "With a status subresource the server answers 200 and changes nothing. Without one the status is written together with the rest of the object.",
        helpLinkUri: Pages + "HARV1006.md");

    /// <summary>HARV1007: a patch is made of a whole object.</summary>
    public static readonly DiagnosticDescriptor PatchOfWholeObject = new(
        "HARV1007",
        "Patch built from a whole object",
        "{0} sends a patch made of all of '{1}': every field it was read with goes along, resourceVersion included, and lists are replaced whole; send only the changed members",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A patch made of everything that was read is a PUT in disguise: it sets every field back to the older copy, and answers 409 when the object changed meanwhile.",
        helpLinkUri: Pages + "HARV1007.md");

    /// <summary>HARV1008: server-side apply without a field manager, or with fields the server owns.</summary>
    public static readonly DiagnosticDescriptor ApplyWithoutManager = new(
        "HARV1008",
        "Server-side apply that the server refuses",
        "{0} {1}",
        Writes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Server-side apply needs the name of the field manager, and takes no managedFields: the server refuses both.",
        helpLinkUri: Pages + "HARV1008.md");

    /// <summary>HARV1009: a strategic merge patch of a custom resource.</summary>
    public static readonly DiagnosticDescriptor StrategicMergeOfCustomKind = new(
        "HARV1009",
        "Strategic merge patch of a custom resource",
        "{0} sends a strategic merge patch of {1}: the server answers 415 for custom resources; send a merge patch",
        Writes,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        description: "Strategic merge needs the Go types of a kind, which the server has for its own kinds only.",
        helpLinkUri: Pages + "HARV1009.md");

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

    /// <summary>HARV1011: an object is read again only for its resourceVersion.</summary>
    public static readonly DiagnosticDescriptor VersionReadOnly = new(
        "HARV1011",
        "Read again only for the resourceVersion",
        "{0} sends '{1}' with {2}: no conflict can stop it, and it overwrites what others stored meanwhile; change the object just read, or use server-side apply",
        Writes,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The resourceVersion says which state a writer has seen. Copied from a fresh read onto another object it claims that the writer has seen what it is about to overwrite.",
        helpLinkUri: Pages + "HARV1011.md");

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

    /// <summary>HARV2004: an arm of a switch over the status starts work.</summary>
    public static readonly DiagnosticDescriptor StartsInSwitchArm = new(
        "HARV2004",
        "A switch falls to the start on an unknown state",
        "{0} runs {1}, and status can be lost: the work would start again; ask a marker bound to the object's uid, or the child itself, first",
        Restart,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The arm of a switch that takes an empty or unknown state takes a lost one, too. Let it rebuild the state or wait, and start work only on evidence that it never began.",
        helpLinkUri: Pages + "HARV2004.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>HARV2005: a fact kept only in status cannot be rebuilt.</summary>
    public static readonly DiagnosticDescriptor FactKeptInStatus = new(
        "HARV2005",
        "A fact kept only in status cannot be rebuilt",
        "'{0}' is set from {1} whenever '{2}' is empty, and status can be lost: another value would take its place; keep it in an annotation, a child or a record object",
        Restart,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Status has to be such that it can be rebuilt from what there is. A time, a random value or what the specification said at some moment cannot be found out again.",
        helpLinkUri: Pages + "HARV2005.md",
        customTags: WellKnownDiagnosticTags.CompilationEnd);
}
