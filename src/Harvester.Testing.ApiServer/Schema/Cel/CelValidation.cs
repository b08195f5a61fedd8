using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Schema.Cel;

internal static class CelValidation
{
    public static List<FieldError> Validate(StructuralSchema schema, JsonValue value, JsonValue? old, string path, bool isResource, bool unchangedIsTolerated)
    {
        var errors = new List<FieldError>();
        CelRule.Validate(schema, value, unchangedIsTolerated ? old : null, path, errors);
        return errors;
    }
}
