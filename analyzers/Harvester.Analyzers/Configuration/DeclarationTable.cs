using Harvester.Analyzers.ClientModel;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Harvester.Analyzers.Configuration;

/// <summary>
/// The AdditionalFile <c>harvester.analyzers.txt</c>: one entry a line, a word and a documentation comment id (or a group and kind), and
/// comments from <c>#</c> on.
/// </summary>
internal static class DeclarationTable
{
    private const string FileName = "harvester.analyzers.txt";
    private const string Words = "write, status-write, read, guard, has-status or reconciler";

    private static readonly char[] Blanks = [' ', '\t'];

    public static bool IsTable(string path) =>
        path.EndsWith(FileName, StringComparison.OrdinalIgnoreCase)
        && (path.Length == FileName.Length || path[path.Length - FileName.Length - 1] is '/' or '\\');

    public static void Read(string path, SourceText text, Compilation compilation, ProjectDeclarations declarations, List<ConfigurationProblem> problems)
    {
        foreach (var line in text.Lines)
        {
            var entry = line.ToString();
            var comment = entry.IndexOf('#');
            var words = (comment < 0 ? entry : entry.Substring(0, comment)).Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && Add(words, compilation, declarations) is { } problem)
            {
                problems.Add(new ConfigurationProblem($"'{string.Join(" ", words)}' {problem}", Location.Create(path, line.Span, text.Lines.GetLinePositionSpan(line.Span))));
            }
        }
    }

    /// <summary>Null if the entry can be used.</summary>
    private static string? Add(string[] words, Compilation compilation, ProjectDeclarations declarations)
    {
        var word = words[0];
        if (word is not ("write" or "status-write" or "read" or "guard" or "has-status" or "reconciler"))
        {
            return $"does not begin with {Words}";
        }

        if (words.Length != 2)
        {
            return "is not one word and one name: an id has no blanks in it";
        }

        var name = words[1];
        if (word == "has-status")
        {
            var slash = name.IndexOf('/');
            if (slash < 0 || slash == name.Length - 1 || name.IndexOf('/', slash + 1) >= 0)
            {
                return "does not name a group and a kind, as in 'has-status example.io/Widget'";
            }

            declarations.AddKindWithStatus(name.Substring(0, slash), name.Substring(slash + 1));
            return null;
        }

        var takesType = word == "reconciler";
        if (!name.StartsWith("M:", StringComparison.Ordinal) && !(takesType && name.StartsWith("T:", StringComparison.Ordinal)))
        {
            return takesType ? "does not name a type ('T:...') or a method ('M:...')" : "does not name a method ('M:Namespace.Type.Method(Parameters)')";
        }

        if (!IsIn(compilation, name, out var why))
        {
            return why;
        }

        switch (word)
        {
            case "write":
                declarations.AddCall(name, CallKind.ReplaceMain);
                break;
            case "status-write":
                declarations.AddCall(name, CallKind.ReplaceStatus);
                break;
            case "read":
                declarations.AddCall(name, CallKind.Read);
                break;
            case "guard":
                declarations.AddGuard(name);
                break;
            default:
                declarations.AddReconciler(name);
                break;
        }

        return null;
    }

    /// <summary>
    /// A table may be shared by projects that do not all reference the same assemblies, so a type that is not there is no mistake. A
    /// member that its type does not have is.
    /// </summary>
    private static bool IsIn(Compilation compilation, string id, out string why)
    {
        why = "";
        if (id.Length < 3 || id.IndexOf('(') is var open && open >= 0 && !id.EndsWith(")", StringComparison.Ordinal))
        {
            why = "is not a documentation comment id";
            return false;
        }

        if (id[0] == 'T')
        {
            return true;
        }

        var path = id.Substring(2, (open < 0 ? id.Length : open) - 2);
        var dot = path.LastIndexOf('.');
        if (dot <= 0 || dot == path.Length - 1)
        {
            why = "does not name a type and a method";
            return false;
        }

        if (compilation.GetTypeByMetadataName(path.Substring(0, dot)) is not { } type)
        {
            return true;
        }

        var wanted = ProjectDeclarations.WithoutArity(id);
        if (type.GetMembers().OfType<IMethodSymbol>().SelectMany(ProjectDeclarations.Ids).Contains(wanted, StringComparer.Ordinal))
        {
            return true;
        }

        why = $"names a method that {type.ToDisplayString()} does not have";
        return false;
    }
}
