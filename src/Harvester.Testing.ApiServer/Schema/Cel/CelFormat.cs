using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>A format text can be checked against, by its name.</summary>
/// <param name="Name">The name.</param>
internal sealed partial record CelFormat(string Name)
{
    private const string Label =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
        + "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private const string Subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an "
        + @"alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string Label1035 =
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an "
        + "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

    private const string LabelValue =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
        + "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    private const string QualifiedName =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "dns1123Label", "dns1123Subdomain", "dns1035Label", "qualifiedName", "dns1123LabelPrefix", "dns1123SubdomainPrefix",
        "dns1035LabelPrefix", "labelValue", "uri", "uuid", "byte", "date", "datetime",
    };

    /// <summary>The format of a name, or null.</summary>
    public static CelFormat? Find(string name) => Names.Contains(name) ? new CelFormat(name) : null;

    /// <summary>Why text does not have the format; empty when it has.</summary>
    public List<string> ErrorsOf(string text)
    {
        var isPrefix = Name.EndsWith("Prefix", StringComparison.Ordinal);
        var name = isPrefix && text.EndsWith('-') ? text[..^1] + "a" : text;
        switch (isPrefix ? Name[..^"Prefix".Length] : Name)
        {
            case "dns1123Label":
                return Check(name, 63, LabelPattern(), Label);
            case "dns1123Subdomain":
                return Check(name, 253, SubdomainPattern(), Subdomain);
            case "dns1035Label":
                return Check(name, 63, Label1035Pattern(), Label1035);
            case "labelValue":
                return name.Length == 0 ? [] : Check(name, 63, QualifiedPattern(), LabelValue);
            case "qualifiedName":
                return OfQualifiedName(name);
            case "uri":
                return GoUrl.ParseRequest(text).Error is { } error ? [error] : [];
            case "uuid":
                return Formats.Accepts("uuid", text) ? [] : ["does not match the UUID format"];
            case "byte":
                return Formats.Accepts("byte", text) ? [] : ["invalid base64"];
            case "date":
                return Formats.Accepts("date", text) ? [] : ["invalid date"];
            default:
                return Formats.Accepts("datetime", text) ? [] : ["invalid datetime"];
        }
    }

    private static List<string> OfQualifiedName(string text)
    {
        var parts = text.Split('/');
        if (parts.Length > 2)
        {
            return ["a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
                + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
                + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        }

        var errors = new List<string>();
        if (parts.Length == 2)
        {
            errors.AddRange(parts[0].Length == 0
                ? ["prefix part must be non-empty"]
                : Check(parts[0], 253, SubdomainPattern(), Subdomain).Select(error => "prefix part " + error));
        }

        var name = parts[^1];
        if (name.Length == 0)
        {
            errors.Add("name part must be non-empty");
        }
        else if (name.Length > 63)
        {
            errors.Add("name part must be no more than 63 bytes");
        }

        if (!QualifiedPattern().IsMatch(name))
        {
            errors.Add(QualifiedName);
        }

        return errors;
    }

    private static List<string> Check(string text, int limit, Regex pattern, string rule)
    {
        var errors = new List<string>();
        if (text.Length > limit)
        {
            errors.Add($"must be no more than {limit} bytes");
        }

        if (!pattern.IsMatch(text))
        {
            errors.Add(rule);
        }

        return errors;
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"^[a-z]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Label1035Pattern();

    [GeneratedRegex(@"^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex QualifiedPattern();
}
