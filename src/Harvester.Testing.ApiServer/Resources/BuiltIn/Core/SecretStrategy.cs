using System.Text;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Core;

/// <summary>Secrets.</summary>
internal sealed class SecretStrategy : KindStrategy
{
    private const int SizeLimit = 1024 * 1024;

    private const string AccountName = "kubernetes.io/service-account.name";

    private const string Redacted = "<secret contents redacted>";

    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value)
    {
        if (value.Find("stringData") is JsonObject text)
        {
            // B-25: stringData is for writing only; its values become data.
            var data = new JsonObject.Builder(value.Find("data") as JsonObject ?? JsonObject.Empty);
            foreach (var (key, item) in text)
            {
                data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(item.AsString ?? ""));
            }

            value = value.Without("stringData").With("data", data.Build());
        }

        return value.Find("type") is JsonString { Value.Length: > 0 } ? value : value.With("type", "Opaque");
    }

    /// <inheritdoc />
    public override void Validate(RequestContext context, JsonObject value, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        var data = value.Find("data") as JsonObject ?? JsonObject.Empty;
        var size = 0L;
        foreach (var (key, item) in data)
        {
            ConfigMapStrategy.CheckKey(errors, "data", key);
            size += ConfigMapStrategy.DataSize(item);
        }

        if (size > SizeLimit)
        {
            errors.TooLong("data", SizeLimit);
        }

        switch (value.Find("type")?.AsString)
        {
            case "kubernetes.io/service-account-token":
                if (value.At("metadata", "annotations", AccountName)?.AsString is null or "")
                {
                    errors.Required(FieldErrors.Key("metadata.annotations", AccountName));
                }

                break;
            case "kubernetes.io/dockercfg":
                CheckJson(errors, data, ".dockercfg");
                break;
            case "kubernetes.io/dockerconfigjson":
                CheckJson(errors, data, ".dockerconfigjson");
                break;
            case "kubernetes.io/basic-auth":
                if (!data.Has("username") && !data.Has("password"))
                {
                    errors.Required(FieldErrors.Key("data", "username"));
                    errors.Required(FieldErrors.Key("data", "password"));
                }

                break;
            case "kubernetes.io/ssh-auth":
                if (data.Find("ssh-privatekey") is not JsonString { Value.Length: > 0 })
                {
                    errors.Required(FieldErrors.Key("data", "ssh-privatekey"));
                }

                break;
            case "kubernetes.io/tls":
                foreach (var key in (ReadOnlySpan<string>)["tls.crt", "tls.key"])
                {
                    if (!data.Has(key))
                    {
                        errors.Required(FieldErrors.Key("data", key));
                    }
                }

                break;
        }
    }

    /// <inheritdoc />
    public override void ValidateUpdate(RequestContext context, JsonObject value, JsonObject old, List<Cause> causes)
    {
        var errors = new FieldErrors(causes);
        errors.Immutable("type", value.Find("type"), old.Find("type"));
        ConfigMapStrategy.CheckFrozen(errors, value, old, ["data"]);
    }

    private static void CheckJson(FieldErrors errors, JsonObject data, string key)
    {
        var field = FieldErrors.Key("data", key);
        if (data.Find(key) is not JsonString text)
        {
            errors.Required(field);
            return;
        }

        var content = Convert.FromBase64String(text.Value);
        try
        {
            if (JsonText.Read(content) is not JsonObject)
            {
                errors.Invalid(field, Redacted, "json: cannot unmarshal into Go value of type map[string]interface {}");
            }
        }
        catch (JsonException)
        {
            errors.InvalidText(field, $"\"{Redacted}\"", GoJsonError(content));
        }
    }

    // Most broken texts just end too early.
    private static string GoJsonError(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content).Trim();
        var first = text.Length == 0 ? ' ' : text[0];
        return text.Length == 0 || first is '{' or '[' or '"'
            ? "unexpected end of JSON input"
            : $"invalid character '{first}' looking for beginning of value";
    }
}
