using System.Globalization;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The query of a list or a watch, read and checked (G-3 to G-7, G-9, W-8, W-9).</summary>
internal sealed class ListOptions
{
    private ListOptions(QueryParameters query)
    {
        // The text of a number is looked at before anything else of the request.
        TimeoutSeconds = Integer(query, "timeoutSeconds");
        Limit = Integer(query, "limit") ?? 0;
        Continue = query.Find("continue") ?? "";
        Version = query.Find("resourceVersion") ?? "";
        Match = query.Find("resourceVersionMatch") ?? "";
        SendInitialEvents = query.Find("sendInitialEvents") is null ? null : query.Flag("sendInitialEvents");
        AllowBookmarks = query.Flag("allowWatchBookmarks");
    }

    public long? TimeoutSeconds { get; }

    public long Limit { get; }

    public string Continue { get; }

    public string Version { get; }

    public string Match { get; }

    public bool? SendInitialEvents { get; }

    public bool AllowBookmarks { get; }

    public static ListOptions ForList(QueryParameters query)
    {
        var options = new ListOptions(query);
        var causes = new List<Cause>();
        if (options.Match.Length > 0)
        {
            if (options.Version.Length == 0)
            {
                causes.Add(Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"));
            }

            if (options.Continue.Length > 0)
            {
                causes.Add(Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
            }

            if (options.Match is not ("Exact" or "NotOlderThan"))
            {
                causes.Add(new Cause(
                    "FieldValueNotSupported",
                    $"Unsupported value: \"{options.Match}\": supported values: \"Exact\", \"NotOlderThan\", \"\"",
                    "resourceVersionMatch"));
            }

            if (options is { Match: "Exact", Version: "0" })
            {
                causes.Add(Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
            }
        }

        if (options.SendInitialEvents is not null)
        {
            causes.Add(Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }

        return options.Checked(causes);
    }

    public static ListOptions ForWatch(QueryParameters query)
    {
        var options = new ListOptions(query);
        var causes = new List<Cause>();
        if (options.SendInitialEvents is not null && options.Match != "NotOlderThan")
        {
            causes.Add(Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }

        if (options.Match.Length > 0)
        {
            if (options.SendInitialEvents is null)
            {
                causes.Add(Forbidden(
                    "resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
            }

            if (options.Match != "NotOlderThan")
            {
                causes.Add(new Cause(
                    "FieldValueNotSupported",
                    $"Unsupported value: \"{options.Match}\": supported values: \"NotOlderThan\"",
                    "resourceVersionMatch"));
            }

            if (options.Continue.Length > 0)
            {
                causes.Add(Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided"));
            }
        }

        return options.Checked(causes);
    }

    private static Cause Forbidden(string field, string why) => new("FieldValueForbidden", "Forbidden: " + why, field);

    private static long? Integer(QueryParameters query, string name) => query.Find(name) switch
    {
        null or "" => null,
        { } text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        { } text => throw ApiFailure.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax"),
    };

    private ListOptions Checked(List<Cause> causes) => causes.Count == 0
        ? this
        : throw ApiFailure.Invalid("meta.k8s.io", "ListOptions", "", causes);
}
