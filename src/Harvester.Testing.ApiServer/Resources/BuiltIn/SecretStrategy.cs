using System.Text;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn;

/// <summary>Secrets.</summary>
internal sealed class SecretStrategy : KindStrategy
{
    /// <inheritdoc />
    public override JsonObject ApplyDefaults(JsonObject value)
    {
        value = ConfigMapStrategy.WithoutEmpty(value, ["data", "stringData"]);
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

        return value.Has("type") ? value : value.With("type", "Opaque");
    }
}
