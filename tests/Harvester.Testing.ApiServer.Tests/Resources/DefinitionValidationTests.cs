using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources.Definitions;
using Harvester.Testing.ApiServer.Tests.Statements;

namespace Harvester.Testing.ApiServer.Tests.Resources;

/// <summary>What keeps a definition from being stored, beside what is recorded.</summary>
public sealed class DefinitionValidationTests
{
    private const string At = "spec.validation.openAPIV3Schema.properties[spec].properties[a]";

    [Theory]
    [Statement("X-13")]
    [InlineData("""{"type":"object","anyOf":[{"required":["b"]}]}""", null)]
    [InlineData("""{"type":"object","properties":{"b":{"type":"string"}},"anyOf":[{"required":["b"]},{"properties":{"b":{"pattern":"^x"}}}]}""", null)]
    [InlineData("""{"type":"object","allOf":[{"properties":{"b":{"minLength":1}}}]}""", null)]
    [InlineData("""{"type":"array","items":{"type":"string"},"not":{"items":{"minLength":1}}}""", null)]
    [InlineData("""{"type":"object","not":{"items":{"minLength":1}}}""", null)]
    [InlineData("""{"type":"string","oneOf":[{"default":"x"}]}""", At + ".oneOf[0].default: Forbidden: must be undefined to be structural")]
    [InlineData("""{"type":"string","anyOf":[{"nullable":true}]}""", At + ".anyOf[0].nullable: Forbidden: must be false to be structural")]
    [InlineData("""{"type":"string","anyOf":[{"description":"x"}]}""", At + ".anyOf[0].description: Forbidden: must be empty to be structural")]
    [InlineData("""{"type":"object","anyOf":[{"additionalProperties":{"minLength":1}}]}""", At + ".anyOf[0].additionalProperties: Forbidden: must be undefined to be structural")]
    [InlineData("""{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}""", null)]
    [InlineData("""{"x-kubernetes-int-or-string":true,"allOf":[{"anyOf":[{"type":"integer"},{"type":"string"}]},{"pattern":"^x"}]}""", null)]
    [InlineData("""{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"string"},{"type":"integer"}]}""", At + ".anyOf[0].type: Forbidden: must be empty to be structural|" + At + ".anyOf[1].type: Forbidden: must be empty to be structural")]
    [InlineData("""{"x-kubernetes-int-or-string":true,"x-kubernetes-preserve-unknown-fields":true}""", At + ".x-kubernetes-preserve-unknown-fields: Invalid value: true: must be false if x-kubernetes-int-or-string is true")]
    [InlineData("""{"type":"string","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}""", At + ".type: Invalid value: \"string\": must be object if x-kubernetes-embedded-resource is true")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}""", null)]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"kind":{"type":"integer"}}}""", At + ".properties[kind].type: Invalid value: \"integer\": must be string")]
    [InlineData("""{"type":"null"}""", At + ".type: Unsupported value: \"null\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"|" + At + ".type: Forbidden: type cannot be set to null, use nullable as an alternative")]
    [InlineData("""{"type":"array","items":[{"type":"string"}]}""", At + ".items: Forbidden: items must be a schema object and not an array")]
    [InlineData("""{"type":"object","patternProperties":{"x":{"type":"string"}}}""", At + ".patternProperties: Forbidden: patternProperties is not supported")]
    [InlineData("""{"type":"string","pattern":"a["}""", At + ".pattern: Invalid value: \"a[\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ]: `[`")]
    [InlineData("""{"type":"string","pattern":"*a"}""", At + ".pattern: Invalid value: \"*a\": must be a valid regular expression, but isn't: error parsing regexp: missing argument to repetition operator: `*`")]
    [InlineData("""{"type":"string","pattern":"(?=a)"}""", At + ".pattern: Invalid value: \"(?=a)\": must be a valid regular expression, but isn't: error parsing regexp: invalid or unsupported Perl syntax: `(?=`")]
    [InlineData("""{"type":"string","pattern":"a**"}""", At + ".pattern: Invalid value: \"a**\": must be a valid regular expression, but isn't: error parsing regexp: invalid nested repetition operator: `**`")]
    [InlineData("""{"type":"string","pattern":"[b-a]"}""", At + ".pattern: Invalid value: \"[b-a]\": must be a valid regular expression, but isn't: error parsing regexp: invalid character class range: `b-a`")]
    [InlineData("""{"type":"string","pattern":"\\y"}""", At + ".pattern: Invalid value: \"\\\\y\": must be a valid regular expression, but isn't: error parsing regexp: invalid escape sequence: `\\y`")]
    [InlineData("""{"type":"string","pattern":"a{1001}"}""", At + ".pattern: Invalid value: \"a{1001}\": must be a valid regular expression, but isn't: error parsing regexp: invalid repeat count: `{1001}`")]
    [InlineData("""{"type":"string","x-kubernetes-list-type":"set"}""", At + ".type: Invalid value: \"string\": must be array if x-kubernetes-list-type is specified")]
    [InlineData("""{"type":"array","items":{"type":"string"},"x-kubernetes-map-type":"atomic"}""", At + ".type: Invalid value: \"array\": must be object if x-kubernetes-map-type is specified")]
    [InlineData("""{"type":"object","x-kubernetes-map-type":"odd"}""", At + ".x-kubernetes-map-type: Unsupported value: \"odd\": supported values: \"atomic\", \"granular\"")]
    [InlineData("""{"type":"array","items":{"type":"string"},"x-kubernetes-list-map-keys":["n"]}""", At + ".x-kubernetes-list-type: Required value: must be map if x-kubernetes-list-map-keys is non-empty")]
    [InlineData("""{"type":"array","items":{"type":"string","nullable":true},"x-kubernetes-list-type":"set"}""", At + ".items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is set")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n","n"],"items":{"type":"object","required":["n"],"properties":{"n":{"type":"string"}}}}""", At + ".x-kubernetes-list-map-keys: Invalid value: [\"n\",\"n\"]: must not contain duplicate entries")]
    [InlineData("""{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],"items":{"type":"object","required":["n"],"properties":{"n":{"type":"object"}}}}""", At + ".items.properties[n].type: Invalid value: \"object\": must be a scalar type if parent array's x-kubernetes-list-type is map")]
    [InlineData("""{"type":"object","default":{"b":1},"properties":{"b":{"type":"string"}}}""", At + ".default.b: Invalid value: \"integer\": b in body must be of type string: \"integer\"")]
    [InlineData("""{"type":"object","properties":{"b":{"type":"string","default":"x","maxLength":0}}}""", At + ".properties[b].default: Too long: may not be more than 0 bytes")]
    [InlineData("""{"type":"array","items":{"type":"string","default":5}}""", At + ".items.default: Invalid value: \"integer\":  in body must be of type string: \"integer\"")]
    public void A_schema_is_refused_where_it_is_wrong(string schema, string? error) =>
        Assert.Equal(error?.Split('|') ?? [], Errors(Definition(schema)));

    [Theory]
    [Statement("X-13")]
    [InlineData("self.size() < 3", "string", null)]
    [InlineData("self.startsWith(1)", "string", "found no matching overload for 'startsWith' applied to 'string.(int)'\n | self.startsWith(1)\n | ...............^")]
    [InlineData("self.b == 1", "integer", "type 'int' does not support field selection\n | self.b == 1\n | ....^")]
    [InlineData("math.greatest(self, 1) > 0", "integer", "undeclared reference to 'math' (in container '')")]
    public void A_rule_is_checked_against_the_schema(string rule, string type, string? error)
    {
        var schema = $$"""{"type":"{{type}}","x-kubernetes-validations":[{"rule":"{{rule}}"}]}""";

        var errors = Errors(Definition(schema));

        if (error is null)
        {
            Assert.Empty(errors);
        }
        else
        {
            Assert.StartsWith(At + ".x-kubernetes-validations[0].rule: Invalid value: {\"Rule\":", Assert.Single(errors));
            Assert.Contains(error, errors[0]);
        }
    }

    [Theory]
    [Statement("X-14")]
    [InlineData("versions", """[{"name":"v2","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]""", "status.storedVersions: Invalid value: [\"v1\"]: must have the storage version v2|status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions; v1 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1 and removes v1 from status.storedVersions")]
    [InlineData("scope", "\"Cluster\"", "spec.scope: Invalid value: \"Cluster\": field is immutable")]
    public void A_stored_definition_keeps_what_its_objects_depend_on(string member, string value, string error)
    {
        var old = Definition("""{"type":"string"}""")
            .WithAt(["status", "conditions"], JsonText.Read("""[{"type":"Established","status":"True"}]"""));

        var errors = DefinitionValidation.Validate(old.WithAt(["spec", member], JsonText.Read(value)), old);

        Assert.Equal(error.Split('|'), errors.Select(found => found.ToString()));
    }

    [Fact]
    public void What_differs_between_versions_is_named_in_its_version()
    {
        var versions = JsonText.Read("""
            [{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}},
             {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"array","items":{"type":"string"}}},
              "additionalPrinterColumns":[{"name":"A","type":"string","jsonPath":"a"}]}]
            """);

        var errors = Errors(Definition("""{"type":"string"}""").WithAt(["spec", "versions"], versions));

        Assert.Equal(
            [
                "spec.versions[1].schema.openAPIV3Schema.type: Invalid value: \"array\": must be object at the root",
                "spec.versions[1].additionalPrinterColumns[0].JSONPath: Invalid value: \"a\": must be a simple json path starting with .",
            ],
            errors);
    }

    [Fact]
    public void The_root_of_a_schema_with_a_status_subresource_is_plain()
    {
        var definition = Definition("""{"type":"string"}""");
        var version = (JsonObject)((JsonArray)definition.At("spec", "versions")!)[0];
        version = version.WithAt(["schema", "openAPIV3Schema", "minProperties"], 1).WithAt(["subresources", "status"], JsonObject.Empty);

        var errors = Errors(definition.WithAt(["spec", "versions"], JsonArray.Of(version)));

        Assert.StartsWith("spec.validation.openAPIV3Schema: Invalid value: {", Assert.Single(errors));
        Assert.EndsWith("fields are allowed at the root of the schema if the status subresource is enabled", errors[0]);
    }

    [Fact]
    public void What_the_root_says_about_members_is_said_of_declared_ones()
    {
        var definition = Definition("""{"type":"string"}""");
        var version = (JsonObject)((JsonArray)definition.At("spec", "versions")!)[0];
        version = version.WithAt(["schema", "openAPIV3Schema", "allOf"], JsonText.Read("""[{"properties":{"other":{"minLength":1}}}]"""));

        var errors = Errors(definition.WithAt(["spec", "versions"], JsonArray.Of(version)));

        Assert.Equal(
            ["spec.validation.openAPIV3Schema.properties[other]: Required value: because it is defined in spec.validation.openAPIV3Schema.allOf[0].properties[other]"],
            errors);
    }

    private static List<string> Errors(JsonObject definition) =>
        [.. DefinitionValidation.Validate(definition, null).Select(error => error.ToString())];

    private static JsonObject Definition(string schema) => (JsonObject)JsonText.Read($$"""
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
          "metadata": {"name": "things.example.io"},
          "spec": {
            "group": "example.io", "scope": "Namespaced",
            "names": {"plural": "things", "singular": "thing", "kind": "Thing", "listKind": "ThingList"},
            "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {
              "type": "object", "properties": {"spec": {"type": "object", "properties": {"a": {{schema}} } } } } } }]
          },
          "status": {"storedVersions": ["v1"]}
        }
        """);
}
