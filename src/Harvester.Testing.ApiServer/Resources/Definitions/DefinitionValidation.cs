using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;

namespace Harvester.Testing.ApiServer.Resources.Definitions;

/// <summary>
/// What keeps a definition from being stored (statements X-13, X-14), in the order of kube-apiserver: names, versions, what each
/// version shows and how it is stored.
/// </summary>
internal sealed class DefinitionValidation
{
    private readonly JsonObject _definition;
    private readonly JsonObject? _old;
    private readonly DefinitionForm _form;
    private readonly DefinitionForm? _oldForm;
    private readonly List<FieldError> _errors = [];

    private DefinitionValidation(JsonObject definition, JsonObject? old)
    {
        _definition = definition;
        _old = old;
        _form = DefinitionForm.Of(definition);
        _oldForm = old is null ? null : DefinitionForm.Of(old);
    }

    /// <summary>Checks a definition.</summary>
    /// <param name="definition">The definition, completed and with the status it would be stored with.</param>
    /// <param name="old">The definition it replaces, or null.</param>
    public static List<FieldError> Validate(JsonObject definition, JsonObject? old)
    {
        var validation = new DefinitionValidation(definition, old);
        validation.CheckName();
        validation.CheckSpec();
        validation.CheckImmutable();
        NameRules.Validate(definition.At("status", "acceptedNames") as JsonObject ?? JsonObject.Empty, "status.acceptedNames", validation._errors);
        validation.CheckStoredVersions();
        validation.CheckApproval();
        validation.CheckPreserveUnknownFields();
        return validation._errors;
    }

    private void CheckName()
    {
        var spec = _form.Spec;
        var name = ObjectMetadata.Name(_definition);
        if (_old is null && name.Length > 0 && name != $"{spec.At("names", "plural")?.AsString}.{spec.Text("group")}")
        {
            _errors.Add(FieldError.Invalid("metadata.name", name, "must be spec.names.plural+\".\"+spec.group"));
        }
    }

    private void CheckSpec()
    {
        var spec = _form.Spec;
        CheckGroup(spec.Text("group"));
        CheckChoice("spec.scope", spec.Text("scope"), ["Cluster", "Namespaced"]);
        CheckSchemasGiven();
        var schemas = new VersionSchemas(_form, _oldForm, _errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var unique = true;
        for (var i = 0; i < _form.Versions.Count; i++)
        {
            var version = _form.Versions[i];
            unique &= names.Add(version.Text("name"));
            NameRules.CheckLabel(version.Text("name"), $"spec.versions[{i}].name", _errors);
            CheckVersion(version, $"spec.versions[{i}]", schemas);
        }

        if (!unique)
        {
            AddVersions("must contain unique version names");
        }

        if (_form.Versions.Count(version => version.Flag("storage")) != 1)
        {
            AddVersions("must have exactly one version marked as storage version");
        }

        if (_form.Version.Length > 0)
        {
            NameRules.CheckLabel(_form.Version, "spec.version", _errors);
        }

        foreach (var member in (string[])["plural", "singular", "kind", "listKind"])
        {
            if ((spec.At("names", member)?.AsString ?? "").Length == 0)
            {
                _errors.Add(FieldError.Required("spec.names." + member));
            }
        }

        NameRules.Validate(spec.Find("names") as JsonObject ?? JsonObject.Empty, "spec.names", _errors);
        var hasStatus = _form.Versions.Any(version => _form.SubresourcesOf(version)?.Find("status") is JsonObject);
        schemas.Validate(_form.Validation, hasStatus, _form.Version, "spec.validation");
        VersionRules.CheckSubresources(_form.Subresources, "spec.subresources", _errors);
        VersionRules.CheckColumns(_form.Columns, "spec.additionalPrinterColumns", _errors);
        if (_form.SelectableFields.Count > 0)
        {
            CheckSelectableFields(
                _form.SelectableFields,
                _form.Validation,
                "spec.selectableFields",
                "may only be set when validations.schema is included",
                _oldForm?.SelectableFields);
        }

        ConversionRules.Validate(spec.Find("conversion") as JsonObject, _old?.At("spec", "conversion") as JsonObject, _errors);
    }

    private void CheckGroup(string group)
    {
        if (group.Length == 0)
        {
            _errors.Add(FieldError.Required("spec.group"));
        }
        else if (NameRules.SubdomainErrors(group) is { Count: > 0 } errors)
        {
            _errors.Add(FieldError.Invalid("spec.group", group, string.Join(",", errors)));
        }
        else if (!group.Contains('.'))
        {
            _errors.Add(FieldError.Invalid("spec.group", group, "should be a domain with at least one dot"));
        }
    }

    private void CheckChoice(string field, string value, string[] allowed)
    {
        if (value.Length == 0)
        {
            _errors.Add(FieldError.Required(field));
        }
        else if (!allowed.Contains(value))
        {
            _errors.Add(FieldError.NotSupported(field, value, allowed));
        }
    }

    private void CheckSchemasGiven()
    {
        if (_form.Validation?.Find("openAPIV3Schema") is JsonObject)
        {
            return;
        }

        // A definition that was stored before schemas were required keeps going without.
        var lenient = _oldForm is { Validation: null } old && old.Versions.Any(version => version.At("schema", "openAPIV3Schema") is not JsonObject);
        for (var i = 0; i < _form.Versions.Count; i++)
        {
            if (_form.Versions[i].At("schema", "openAPIV3Schema") is not JsonObject)
            {
                if (!lenient)
                {
                    _errors.Add(FieldError.Required($"spec.versions[{i}].schema.openAPIV3Schema"));
                }
                else if (_form.Versions[i].Flag("served"))
                {
                    _errors.Add(FieldError.Required(
                        $"spec.versions[{i}].schema.openAPIV3Schema", "because otherwise all fields are pruned"));
                }
            }
        }
    }

    private void CheckVersion(JsonObject version, string path, VersionSchemas schemas)
    {
        VersionRules.CheckDeprecation(version, path + ".deprecationWarning", _errors);
        var hasStatus = _form.SubresourcesOf(version)?.Find("status") is JsonObject;
        schemas.Validate(version.Find("schema") as JsonObject, hasStatus, version.Text("name"), path + ".schema");
        VersionRules.CheckSubresources(version.Find("subresources") as JsonObject, path + ".subresources", _errors);
        VersionRules.CheckColumns(version.Find("additionalPrinterColumns") as JsonArray ?? JsonArray.Empty, path + ".additionalPrinterColumns", _errors);
        if (version.Find("selectableFields") is JsonArray { Count: > 0 } fields)
        {
            CheckSelectableFields(
                fields,
                version.Find("schema") as JsonObject,
                path + ".selectableFields",
                "may only be set when `version.schema.openAPIV3Schema` is not included",
                _oldForm?.Versions.FirstOrDefault(item => item.Text("name") == version.Text("name"))?.Find("selectableFields") as JsonArray);
        }
    }

    private void CheckSelectableFields(JsonArray fields, JsonObject? validation, string path, string without, JsonArray? old)
    {
        if (validation?.Find("openAPIV3Schema") is not JsonObject schema)
        {
            _errors.Add(FieldError.Invalid(path, "", without));
        }
        else if (SchemaText.Unsupported(schema) is null)
        {
            SelectableFieldRules.Validate(fields, schema, path, fields.Equals(old), _errors);
        }
    }

    private void AddVersions(string rule) =>
        _errors.Add(new FieldError("spec.versions", FieldErrorType.Invalid, rule, Shown: _form.VersionsText()));

    // X-14
    private void CheckImmutable()
    {
        if (_oldForm is not { } old)
        {
            return;
        }

        if (DefinitionStatus.IsEstablished(_old!))
        {
            CheckUnchanged("scope");
            CheckUnchanged("names", "kind");
        }

        CheckUnchanged("group");
        CheckUnchanged("names", "plural");

        void CheckUnchanged(params string[] path)
        {
            var value = _form.Spec.At(path) ?? "";
            if (!value.Equals(old.Spec.At(path) ?? ""))
            {
                _errors.Add(FieldError.Invalid("spec." + string.Join('.', path), value, "field is immutable"));
            }
        }
    }

    // X-14
    private void CheckStoredVersions()
    {
        const string Path = "status.storedVersions";
        if (_definition.At("status", "storedVersions") is not JsonArray { Count: > 0 } stored)
        {
            _errors.Add(FieldError.Invalid(Path, JsonValue.Null, "must have at least one stored version"));
            return;
        }

        foreach (var version in _form.Versions)
        {
            if (version.Flag("storage") && !stored.Contains(version.Find("name") ?? ""))
            {
                _errors.Add(FieldError.Invalid(Path, stored, "must have the storage version " + version.Text("name")));
            }
        }

        for (var i = 0; i < stored.Count; i++)
        {
            var name = stored[i].AsString ?? "";
            if (!_form.Versions.Any(version => version.Text("name") == name))
            {
                _errors.Add(FieldError.Invalid(
                    $"{Path}[{i}]",
                    name,
                    $"missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions until a "
                    + $"storage migration ensures no data remains persisted in {name} and removes {name} from status.storedVersions"));
            }
        }
    }

    private void CheckApproval()
    {
        const string Annotation = "api-approved.kubernetes.io";
        const string Enhancement = "see https://github.com/kubernetes/enhancements/pull/1111";
        var group = _form.Spec.Text("group");
        if (group is not ("k8s.io" or "kubernetes.io")
            && !group.EndsWith(".k8s.io", StringComparison.Ordinal)
            && !group.EndsWith(".kubernetes.io", StringComparison.Ordinal))
        {
            return;
        }

        var approval = ApprovalOf(_definition);
        if (_old is not null && ApprovalOf(_old) == approval)
        {
            return;
        }

        const string Field = $"metadata.annotations[{Annotation}]";
        if (approval == Approval.Missing)
        {
            _errors.Add(FieldError.Required(
                Field, $"protected groups must have approval annotation \"{Annotation}\", {Enhancement}"));
        }
        else if (approval == Approval.Invalid)
        {
            _errors.Add(FieldError.Invalid(
                Field,
                _definition.At("metadata", "annotations", Annotation)!,
                $"protected groups must have approval annotation \"{Annotation}\" with either a URL or a reason starting with "
                + $"\"unapproved\", {Enhancement}"));
        }
    }

    private static Approval ApprovalOf(JsonObject definition) =>
        (definition.At("metadata", "annotations", "api-approved.kubernetes.io")?.AsString ?? "") switch
        {
            "" => Approval.Missing,
            ['u', 'n', 'a', 'p', 'p', 'r', 'o', 'v', 'e', 'd', ..] => Approval.Given,
            var text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? Approval.Given : Approval.Invalid,
        };

    private void CheckPreserveUnknownFields()
    {
        if (_form.Spec.Flag("preserveUnknownFields") && _oldForm?.Spec.Flag("preserveUnknownFields") != true)
        {
            _errors.Add(FieldError.Invalid(
                "spec.preserveUnknownFields",
                true,
                "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"));
        }
    }

    private enum Approval
    {
        Missing,
        Given,
        Invalid,
    }
}
