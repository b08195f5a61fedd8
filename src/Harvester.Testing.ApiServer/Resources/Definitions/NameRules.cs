using System.Text.RegularExpressions;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>The forms of a definition's names.</summary>
internal static partial class NameRules
{
    private const string LabelRule =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an "
        + "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string SubdomainRule =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
        + "alphanumeric character (e.g. 'example.com', regex used for validation is "
        + @"'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>Checks the names of a definition, or those it was given.</summary>
    /// <param name="names">The names.</param>
    /// <param name="path">Their path.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void Validate(JsonObject names, string path, List<FieldError> errors)
    {
        foreach (var member in (string[])["plural", "singular"])
        {
            if (names.Text(member).Length > 0)
            {
                CheckLabel(names.Text(member), $"{path}.{member}", errors);
            }
        }

        foreach (var member in (string[])["kind", "listKind"])
        {
            if (names.Text(member) is { Length: > 0 } name && LabelErrors(name.ToLowerInvariant()) is { Count: > 0 } wrong)
            {
                errors.Add(FieldError.Invalid(
                    $"{path}.{member}", name, "may have mixed case, but should otherwise match: " + string.Join(",", wrong)));
            }
        }

        CheckLabels(names, "shortNames", path, errors);
        if (names.Text("kind").Length > 0 && names.Text("kind") == names.Text("listKind"))
        {
            errors.Add(FieldError.Invalid(path + ".listKind", names.Text("listKind"), "kind and listKind may not be the same"));
        }

        CheckLabels(names, "categories", path, errors);
    }

    /// <summary>Checks a DNS-1035 label.</summary>
    /// <param name="name">The name.</param>
    /// <param name="field">Its path.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void CheckLabel(string name, string field, List<FieldError> errors)
    {
        if (LabelErrors(name) is { Count: > 0 } wrong)
        {
            errors.Add(FieldError.Invalid(field, name, string.Join(",", wrong)));
        }
    }

    /// <summary>Why a name is no DNS subdomain; empty when it is.</summary>
    /// <param name="name">The name.</param>
    public static List<string> SubdomainErrors(string name) => ErrorsOf(name, 253, SubdomainPattern(), SubdomainRule);

    private static List<string> LabelErrors(string name) => ErrorsOf(name, 63, LabelPattern(), LabelRule);

    private static List<string> ErrorsOf(string name, int limit, Regex pattern, string rule)
    {
        var errors = new List<string>();
        if (name.Length > limit)
        {
            errors.Add($"must be no more than {limit} bytes");
        }

        if (!pattern.IsMatch(name))
        {
            errors.Add(rule);
        }

        return errors;
    }

    private static void CheckLabels(JsonObject names, string member, string path, List<FieldError> errors)
    {
        var given = names.Texts(member);
        for (var i = 0; i < given.Count; i++)
        {
            CheckLabel(given[i], $"{path}.{member}[{i}]", errors);
        }
    }

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex SubdomainPattern();
}
