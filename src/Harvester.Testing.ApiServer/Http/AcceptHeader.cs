using System.Globalization;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>One media type a client accepts, with the form of objects it asks for.</summary>
internal readonly record struct AcceptedType(string MediaType, string? Form, string? FormGroup, string? FormVersion, double Quality);

/// <summary>The Accept header of a request.</summary>
internal static class AcceptHeader
{
    /// <summary>What a client accepts, what it likes best first.</summary>
    public static IEnumerable<AcceptedType> Parse(string accept) =>
        accept.Split(',').Select(ParseOne).Where(type => type.MediaType.Length > 0).OrderByDescending(type => type.Quality);

    /// <summary>True when a client prefers YAML to JSON.</summary>
    public static bool PrefersYaml(string? accept)
    {
        if (accept is null || !accept.Contains("yaml", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var type in Parse(accept))
        {
            switch (type.MediaType)
            {
                case "application/yaml" when type.Form is null or "Table" or "PartialObjectMetadata" or "PartialObjectMetadataList":
                    return true;
                case "application/json" or "application/*" or "*/*" when type.Form is null:
                    return false;
                default:
                    continue;
            }
        }

        return false;
    }

    private static AcceptedType ParseOne(string part)
    {
        var parameters = part.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parameters.Length == 0)
        {
            return new AcceptedType("", null, null, null, 0);
        }

        var type = new AcceptedType(parameters[0].ToLowerInvariant(), null, null, null, 1);
        foreach (var parameter in parameters.AsSpan(1))
        {
            var at = parameter.IndexOf('=', StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            var value = parameter[(at + 1)..].Trim('"');
            type = parameter[..at].ToLowerInvariant() switch
            {
                "as" => type with { Form = value },
                "g" => type with { FormGroup = value },
                "v" => type with { FormVersion = value },
                "q" => type with
                {
                    Quality = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var quality) ? quality : 1,
                },

                // No other stream than a watch is known.
                "stream" when value != "watch" => type with { MediaType = "" },
                _ => type,
            };
        }

        return type;
    }
}
