using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Forms of values that several kinds demand, in the words of kube-apiserver.</summary>
internal static partial class ValueForms
{
    /// <summary>What is said of a port out of range.</summary>
    public const string PortRange = "must be between 1 and 65535, inclusive";

    private const string AddressText = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

    private const string NetworkText = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

    private const string ConfigKeyText =
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or "
        + "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

    private const string WildcardText =
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case "
        + "alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for "
        + @"validation is '\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    /// <summary>What is wrong with an IP address, or null.</summary>
    /// <param name="text">The address.</param>
    public static string? AddressError(string text) => Address(text) is null ? AddressText : null;

    /// <summary>Reads an IP address as strictly as it is written; null for anything else.</summary>
    /// <param name="text">The address.</param>
    public static IPAddress? Address(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || text.Contains('%', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal))
        {
            return null;
        }

        // Four whole numbers, no octal and no short forms.
        return address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text ? address : null;
    }

    /// <summary><c>IPv4</c> or <c>IPv6</c>, or null for what is no address.</summary>
    /// <param name="text">The address.</param>
    public static string? Family(string text) => Address(text)?.AddressFamily switch
    {
        AddressFamily.InterNetwork => "IPv4",
        AddressFamily.InterNetworkV6 => "IPv6",
        _ => null,
    };

    /// <summary>What is wrong with a network, or null.</summary>
    /// <param name="text">The network.</param>
    public static string? NetworkError(string text) => Network(text) is null ? NetworkText : null;

    /// <summary>Reads a network; null for anything else.</summary>
    /// <param name="text">The network, such as <c>10.0.0.0/8</c>.</param>
    public static (IPAddress Address, int Prefix)? Network(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || Address(text[..slash]) is not { } address
            || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix))
        {
            return null;
        }

        return prefix <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) ? (address, prefix) : null;
    }

    /// <summary>What is wrong with a key of a config map or a secret, or null.</summary>
    /// <param name="key">The key.</param>
    public static string? ConfigKeyError(string key) =>
        key.Length > 253 ? "must be no more than 253 bytes"
        : !ConfigKey().IsMatch(key) ? ConfigKeyText
        : key is "." ? "must not be '.'"
        : key is ".." ? "must not be '..'"
        : key.StartsWith("..", StringComparison.Ordinal) ? "must not start with '..'"
        : null;

    /// <summary>What is wrong with a host name that may begin with <c>*.</c>, or null.</summary>
    /// <param name="host">The host.</param>
    public static string? HostError(string host) => host.Contains('*', StringComparison.Ordinal)
        ? Wildcard().IsMatch(host) && host.Length <= 253 ? null : WildcardText
        : ObjectMetadataRules.SubdomainError(host);

    /// <summary>What is wrong with the name of a port.</summary>
    /// <param name="name">The name.</param>
    public static IEnumerable<string> PortNameErrors(string name)
    {
        if (name.Length > 15)
        {
            yield return "must be no more than 15 characters";
        }

        if (!PortCharacters().IsMatch(name))
        {
            yield return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";
            yield break;
        }

        if (!name.Any(char.IsAsciiLetter))
        {
            yield return "must contain at least one letter (a-z)";
        }

        if (name.Contains("--", StringComparison.Ordinal))
        {
            yield return "must not contain consecutive hyphens";
        }

        if (name.StartsWith('-') || name.EndsWith('-'))
        {
            yield return "must not begin or end with a hyphen";
        }
    }

    /// <summary>Adds what is wrong with a port that is a number or a name.</summary>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="field">The field.</param>
    /// <param name="port">The port.</param>
    public static void CheckPort(FieldErrors errors, string field, JsonValue? port)
    {
        if (port is JsonString { Value: var name })
        {
            foreach (var error in PortNameErrors(name))
            {
                errors.Invalid(field, name, error);
            }
        }
        else if (port?.AsInteger is not (> 0 and < 65536))
        {
            errors.Invalid(field, port?.AsInteger ?? 0, PortRange);
        }
    }

    /// <summary>Adds what is wrong with a map of labels.</summary>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="field">The field.</param>
    /// <param name="labels">The labels.</param>
    public static void CheckLabels(FieldErrors errors, string field, JsonValue? labels)
    {
        foreach (var (key, value) in labels as JsonObject ?? JsonObject.Empty)
        {
            if (ObjectMetadataRules.QualifiedNameError(key) is { } bad)
            {
                errors.Invalid(field, key, bad);
            }

            if (ObjectMetadataRules.LabelValueError(value.AsString ?? "") is { } wrong)
            {
                errors.Invalid(field, value, wrong);
            }
        }
    }

    /// <summary>Adds what is wrong with a label selector.</summary>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="field">The field.</param>
    /// <param name="selector">The selector; null for none.</param>
    public static void CheckSelector(FieldErrors errors, string field, JsonValue? selector)
    {
        CheckLabels(errors, field + ".matchLabels", selector?["matchLabels"]);
        var expressions = selector?["matchExpressions"] as JsonArray ?? JsonArray.Empty;
        for (var i = 0; i < expressions.Count; i++)
        {
            var at = FieldErrors.Item(field + ".matchExpressions", i);
            var values = expressions[i]["values"] as JsonArray ?? JsonArray.Empty;
            switch (expressions[i]["operator"]?.AsString)
            {
                case "In" or "NotIn":
                    if (values.Count == 0)
                    {
                        errors.Required(at + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
                    }

                    break;
                case "Exists" or "DoesNotExist":
                    if (values.Count > 0)
                    {
                        errors.Forbidden(at + ".values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                    }

                    break;
                case var other:
                    errors.Invalid(at + ".operator", other ?? "", "not a valid selector operator");
                    break;
            }

            var key = expressions[i]["key"]?.AsString ?? "";
            if (ObjectMetadataRules.QualifiedNameError(key) is { } bad)
            {
                errors.Invalid(at + ".key", key, bad);
            }

            for (var v = 0; v < values.Count; v++)
            {
                if (ObjectMetadataRules.LabelValueError(values[v].AsString ?? "") is { } wrong)
                {
                    errors.Invalid(FieldErrors.Item(at + ".values", v), values[v], wrong);
                }
            }
        }
    }

    /// <summary>True for an amount below zero.</summary>
    /// <param name="amount">The amount, as decoded.</param>
    public static bool IsNegative(JsonValue? amount) => Amount(amount) is { Sign: < 0 };

    /// <summary>Reads an amount; null when there is none.</summary>
    /// <param name="amount">The amount, as decoded.</param>
    public static Quantity? Amount(JsonValue? amount) => amount?.AsString is { } text ? Quantity.TryParse(text) : null;

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]+\z")]
    private static partial Regex ConfigKey();

    [GeneratedRegex(@"\A[-a-z0-9]+\z")]
    private static partial Regex PortCharacters();

    [GeneratedRegex(@"\A\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Wildcard();
}
