using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>Checks the schemas of a definition's versions: structural first, then defaults, then everything else and the rules.</summary>
internal sealed class VersionSchemas
{
    // The members the schema of an object with a status subresource may have at its root, and the names errors know them by.
    private static readonly string[] RootMembers =
    [
        "description", "type", "format", "title", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength",
        "pattern", "maxItems", "minItems", "uniqueItems", "multipleOf", "required", "items", "properties", "externalDocs", "example",
        "x-kubernetes-preserve-unknown-fields", "x-kubernetes-validations",
    ];

    private const string RootRule =
        "only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems "
        + "MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations] fields "
        + "are allowed at the root of the schema if the status subresource is enabled";

    private const int DepthLimit = 400;

    private readonly DefinitionForm? _old;
    private readonly DefinitionForm _form;
    private readonly List<FieldError> _errors;
    private readonly SchemaScope _scope;
    private readonly bool _requirePrunedDefaults;

    /// <summary>Prepares to check the schemas of a definition.</summary>
    /// <param name="form">The definition.</param>
    /// <param name="old">What it was before: what was wrong already stays allowed.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public VersionSchemas(DefinitionForm form, DefinitionForm? old, List<FieldError> errors)
    {
        _form = form;
        _old = old;
        _errors = errors;
        var before = old?.Schemas.ToList() ?? [];
        _scope = new SchemaScope
        {
            RequireKnownTypes = !before.Exists(schema => schema.Has(HasUnknownType)),
            RequireAtomicSetItems = !before.Exists(schema => schema.Has(IsSetOfComposites)),
            RequireListItemRules = !before.Exists(schema => schema.Has(HasBadListItems)),
        };
        _requirePrunedDefaults = !before.Exists(HasUnprunedDefaults);
    }

    /// <summary>Checks one schema.</summary>
    /// <param name="validation">The <c>schema</c> member, or null.</param>
    /// <param name="hasStatus">True when the status is a subresource.</param>
    /// <param name="version">The version whose schema it is.</param>
    /// <param name="path">The member's path.</param>
    public void Validate(JsonObject? validation, bool hasStatus, string version, string path)
    {
        if (validation?.Find("openAPIV3Schema") is not JsonObject schema)
        {
            return;
        }

        if (IsDeeperThan(schema, DepthLimit))
        {
            throw ApiFailure.Unsupported($"schemas nested deeper than {DepthLimit} levels");
        }

        var at = path + ".openAPIV3Schema";
        var found = new List<FieldError>();
        if (hasStatus)
        {
            CheckRoot(schema, at, found);
        }

        if (schema.Flag("nullable"))
        {
            found.Add(FieldError.Forbidden(at + ".nullable", "nullable cannot be true at the root"));
        }

        // An error of this sort is only told when nothing more precise is.
        var unreadable = SchemaText.Unsupported(schema);
        RuleChecks? rules = null;
        if (unreadable is null)
        {
            rules = CheckStructural(schema, version, at, found);
        }

        found.AddRange(SchemaRules.Validate(schema, at, _scope, rules));
        if (found.Count == 0 && unreadable is not null)
        {
            found.Add(FieldError.Invalid(at, "", unreadable));
        }

        rules?.AddTotal(at, found);
        _errors.AddRange(found);
    }

    private RuleChecks? CheckStructural(JsonObject schema, string version, string path, List<FieldError> errors)
    {
        var structural = StructuralRules.Validate(schema, path);
        if (structural.Count > 0)
        {
            errors.AddRange(structural);
            return null;
        }

        StructuralSchema parsed;
        try
        {
            parsed = CustomKinds.SchemaOf(schema).Structural;
        }
        catch (ArgumentException failure)
        {
            throw ApiFailure.Unsupported($"a part of the schema at {path} ({failure.Message})");
        }

        var defaults = DefaultRules.Validate(parsed, path, _requirePrunedDefaults);
        if (defaults.Count > 0)
        {
            errors.AddRange(defaults);
            return null;
        }

        return new RuleChecks(parsed, unchanged: _old?.SchemaOf(version)?.Equals(_form.SchemaOf(version)) == true);
    }

    // Without recursion, since what is too deep for one is what is looked for.
    private static bool IsDeeperThan(JsonObject schema, int limit)
    {
        var pending = new Stack<(JsonObject Schema, int Depth)>([(schema, 1)]);
        while (pending.TryPop(out var next))
        {
            if (next.Depth > limit)
            {
                return true;
            }

            foreach (var child in SchemaText.Children(next.Schema))
            {
                pending.Push((child, next.Depth + 1));
            }
        }

        return false;
    }

    private static void CheckRoot(JsonObject schema, string path, List<FieldError> errors)
    {
        foreach (var (name, value) in schema)
        {
            var isZero = value is JsonNull or JsonBoolean { Value: false } or JsonString { Value.Length: 0 };
            if (!isZero && !RootMembers.Contains(name))
            {
                errors.Add(FieldError.Invalid(path, schema, RootRule));
                return;
            }
        }

        if (schema.Text("type") is { Length: > 0 } type && type != "object")
        {
            errors.Add(FieldError.Invalid(
                path + ".type",
                type,
                "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled"));
        }
    }

    private static bool HasUnknownType(JsonObject schema) =>
        schema.Text("type") is not ("" or "array" or "boolean" or "integer" or "number" or "object" or "string");

    private static bool IsSetOfComposites(JsonObject schema) =>
        schema.Text("x-kubernetes-list-type") == "set" && schema.Items() is { } items && items.Text("type") switch
        {
            "array" => items.Text("x-kubernetes-list-type") is not ("" or "atomic"),
            "object" => items.Text("x-kubernetes-map-type") != "atomic",
            _ => false,
        };

    private static bool HasBadListItems(JsonObject schema)
    {
        var errors = new List<FieldError>();
        SchemaRules.CheckListItems(schema, "", errors);
        return errors.Count > 0;
    }

    private static bool HasUnprunedDefaults(JsonObject schema)
    {
        if (!schema.Has(item => item.Given("default") is not null)
            || SchemaText.Unsupported(schema) is not null
            || StructuralRules.Validate(schema, "").Count > 0)
        {
            return false;
        }

        return DefaultRules.Validate(CustomKinds.SchemaOf(schema).Structural, "", requirePruned: true)
            .Exists(error => error.Detail == DefaultRules.UnknownFields);
    }
}
