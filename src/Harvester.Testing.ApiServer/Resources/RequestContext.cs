using System.Globalization;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>A request to a resource on its way through the verbs, with what they find out for the audit log.</summary>
internal sealed class RequestContext
{
    public required ServerCore Server { get; init; }

    public required ApiRequest Request { get; init; }

    public required ResourceKind Kind { get; init; }

    /// <summary>Empty for a cluster-scoped kind and for requests over all namespaces.</summary>
    public required string Namespace { get; init; }

    /// <summary>Empty for requests to the collection.</summary>
    public required string Name { get; init; }

    public required string? Subresource { get; init; }

    public List<string> Warnings { get; private init; } = [];

    /// <summary>Filled in by the verbs: the object before and after the request.</summary>
    public StoredRevision? Before { get; set; }

    public StoredRevision? After { get; set; }

    /// <summary>True when a request to a collection changed some of its objects.</summary>
    public bool StoredMany { get; set; }

    /// <summary>The name a create ended up with, for the audit log.</summary>
    public string? CreatedName { get; set; }

    public RevisionLog Log => Server.Log;

    public bool IsDryRun { get; private set; }

    public string FieldValidation { get; private set; } = "Warn";

    /// <summary>The field manager of the write: named by the client or, failing that, its user agent up to the slash .</summary>
    public string FieldManager =>
        Request.Query.Find("fieldManager") is { Length: > 0 } manager ? manager : ManagerNames.OfUserAgent(Request.UserAgent ?? "");

    /// <summary>Refuses a PUT or an apply that would create the object when its user may not create (H-5).</summary>
    public void RequireCreate() => Server.Access.Require(Request.Identity, new AccessAttributes
    {
        Verb = "create",
        Group = Kind.Group,
        Version = Kind.Version,
        Resource = Kind.Plural,
        Subresource = Subresource ?? "",
        Namespace = Namespace,
        Name = Name,
    });

    public StoredRevision? Live => Log.State.Find(Kind.Stored, Namespace, Name);

    public StoredRevision RequireLive() => Live ?? throw ApiFailure.NotFound(Kind.Resource, Name);

    /// <summary>The same request, whose body is of another kind than the object it goes to.</summary>
    public RequestContext As(ResourceKind kind) => new()
    {
        Server = Server,
        Request = Request,
        Kind = kind,
        Namespace = Namespace,
        Name = Name,
        Subresource = Subresource,
        Warnings = Warnings,
        IsDryRun = IsDryRun,
        FieldValidation = FieldValidation,
    };

    /// <summary>Reads the options of a write from the query (X-1, V-5, P-8).</summary>
    /// <param name="optionsKind">CreateOptions, UpdateOptions or PatchOptions, for the error text.</param>
    /// <param name="isApply">True for an apply.</param>
    public void ReadWriteOptions(string optionsKind, bool isApply = false)
    {
        var causes = new List<Cause>();
        var manager = Request.Query.Find("fieldManager") ?? "";
        if (isApply && manager.Length == 0)
        {
            //
            causes.Add(new Cause("FieldValueRequired", "Required value: is required for apply patch", "fieldManager"));
        }

        if (optionsKind == "PatchOptions" && !isApply && Request.Query.Find("force") is not null)
        {
            causes.Add(new Cause("FieldValueForbidden", "Forbidden: may not be specified for non-apply patch", "force"));
        }

        ManagerNames.Validate(manager, causes);

        ReadDryRun(Request.Query.All("dryRun"), causes);
        if (Request.Query.Find("fieldValidation") is { Length: > 0 } validation)
        {
            if (validation is not ("Ignore" or "Strict" or "Warn"))
            {
                causes.Add(new Cause(
                    "FieldValueNotSupported",
                    $"Unsupported value: \"{validation}\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
                    "fieldValidation"));
            }

            FieldValidation = validation;
        }

        if (causes.Count > 0)
        {
            throw ApiFailure.Invalid("meta.k8s.io", optionsKind, "", causes);
        }
    }

    /// <summary>Reads dryRun; anything but <c>All</c> is an error.</summary>
    public void ReadDryRun(IEnumerable<string> values, List<Cause> causes)
    {
        var given = values.ToList();
        IsDryRun |= given.Count > 0;
        if (given.Exists(value => value != "All"))
        {
            var shown = JsonText.Write(JsonArray.Of(given.Select(value => (JsonValue)value)));
            causes.Add(new Cause("FieldValueNotSupported", $"Unsupported value: {shown}: supported values: \"All\"", "dryRun"));
        }
    }

    /// <summary>Stores the outcome of a write, or only pretends to when it is a dry run.</summary>
    /// <returns>The object as it is answered.</returns>
    public JsonObject Store(ChangeType type, JsonObject value)
    {
        if (IsDryRun)
        {
            return value;
        }

        var name = value.At("metadata", "name")?.AsString ?? Name;
        var entry = Server.Append(Kind, Namespace, name, type, value, Request.User);
        After = entry;
        return Reading.Converted(entry, Kind);
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
