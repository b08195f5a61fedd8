using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Writes;

/// <summary>
/// HARV1006. A patch of the main resource has a top-level <c>status</c>, or an operation on a path below <c>/status</c>. With a status
/// subresource the server answers 200 and changes nothing. A kind known to have none takes it there.
/// </summary>
internal static class MainPatchHasStatus
{
    public static Verdict? Judge(JudgedPatch patch)
    {
        if (patch.Call.Kind != CallKind.PatchMain || patch.Call.Status == StatusSubresource.Absent || !PatchPaths.Touches(patch.Body, "status"))
        {
            return null;
        }

        var consequence = patch.Call.Status == StatusSubresource.Present
            ? "the server answers 200 and ignores it"
            : "depending on the CRD the server ignores it, or writes it together with the rest";
        return new Verdict(Descriptors.MainPatchHasStatus, DiagnosticSeverity.Warning, patch.CallName, consequence, StatusSibling(patch));
    }

    private static string StatusSibling(JudgedPatch patch)
    {
        var method = patch.Call.Method;
        var name = new[] { "WithHttpMessagesAsync", "Async", "" }
            .Where(suffix => method.Name.EndsWith(suffix, StringComparison.Ordinal))
            .Select(suffix => method.Name.Substring(0, method.Name.Length - suffix.Length) + "Status" + suffix)
            .First();
        return method.ContainingType.GetMembers(name).IsEmpty ? $"CustomObjects.Patch{(method.Name.Contains("Namespaced") ? "Namespaced" : "Cluster")}CustomObjectStatusAsync" : name;
    }
}
