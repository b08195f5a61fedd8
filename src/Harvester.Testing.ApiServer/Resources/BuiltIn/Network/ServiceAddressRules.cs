using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Network;

/// <summary>What the addresses of a service and their families must satisfy.</summary>
internal static class ServiceAddressRules
{
    public static void Validate(JsonObject spec, string type, FieldErrors errors)
    {
        if (type == "ExternalName")
        {
            // Said already: there may be none.
            return;
        }

        var address = spec.Find("clusterIP")?.AsString ?? "";
        var all = spec.Find("clusterIPs") as JsonArray ?? JsonArray.Empty;
        var families = spec.Find("ipFamilies") as JsonArray ?? JsonArray.Empty;
        if (all.Count > 0)
        {
            if (address.Length == 0)
            {
                errors.Invalid("spec.clusterIPs", all, "must be empty when `clusterIP` is not specified");
            }
            else if (all[0].AsString != address)
            {
                errors.Invalid("spec.clusterIPs", all, "first value must match `clusterIP`");
            }
        }

        var seen = new HashSet<string>();
        for (var i = 0; i < families.Count; i++)
        {
            var family = families[i].AsString ?? "";
            errors.OneOf(FieldErrors.Item("spec.ipFamilies", i), family, "IPv4", "IPv6");
            if (!seen.Add(family))
            {
                errors.Duplicate(FieldErrors.Item("spec.ipFamilies", i), family);
            }
        }

        if (spec.Find("ipFamilyPolicy")?.AsString is { Length: > 0 } policy)
        {
            errors.OneOf("spec.ipFamilyPolicy", policy, "PreferDualStack", "RequireDualStack", "SingleStack");
        }

        CheckAddresses(all, families, errors);
    }

    public static void ValidateUpdate(JsonObject spec, JsonObject old, FieldErrors errors)
    {
        if (!ServiceStrategy.NeedsAddress(spec) || !ServiceStrategy.NeedsAddress(old))
        {
            return;
        }

        var all = spec.Find("clusterIPs") as JsonArray ?? JsonArray.Empty;
        var before = old.Find("clusterIPs") as JsonArray ?? JsonArray.Empty;
        if (before.Count > 0 && before[0].AsString is { Length: > 0 } first)
        {
            if (all.Count == 0)
            {
                errors.Required("spec.clusterIPs[0]", "primary clusterIP can not be unset");
            }
            else if (all[0].AsString != first)
            {
                errors.Invalid("spec.clusterIPs[0]", all, "may not change once set");
            }
        }

        var families = spec.Find("ipFamilies") as JsonArray ?? JsonArray.Empty;
        var familiesBefore = old.Find("ipFamilies") as JsonArray ?? JsonArray.Empty;
        if (familiesBefore.Count == 0 || ServiceStrategy.IsHeadless(old))
        {
            return;
        }

        if (families.Count == 0)
        {
            errors.Required("spec.ipFamilies[0]", "primary ipFamily can not be unset");
        }
        else if (!families[0].Equals(familiesBefore[0]))
        {
            errors.Invalid("spec.ipFamilies[0]", families, "may not change once set");
        }
    }

    private static void CheckAddresses(JsonArray all, JsonArray families, FieldErrors errors)
    {
        if (all.Count > 2)
        {
            errors.Invalid("spec.clusterIPs", all, "may only hold up to 2 values");
        }

        for (var i = 0; i < all.Count; i++)
        {
            var address = all[i].AsString ?? "";
            var at = FieldErrors.Item("spec.clusterIPs", i);
            if (address == "None")
            {
                if (all.Count > 1)
                {
                    errors.Invalid("spec.clusterIPs", all, "'None' must be the first and only value");
                }

                continue;
            }

            if (ValueForms.AddressError(address) is { } bad)
            {
                errors.Invalid(at, address, bad);
            }
            else if (i < families.Count && ValueForms.Family(address) != families[i].AsString)
            {
                errors.Invalid("spec.clusterIPs" + $"[{i}]", address, $"expected an {families[i].AsString} value as indicated by `ipFamilies[{i}]`");
            }
        }

        if (all.Count == 2 && ValueForms.Family(all[0].AsString ?? "") is { } first && first == ValueForms.Family(all[1].AsString ?? ""))
        {
            errors.Invalid("spec.clusterIPs", all, "may specify no more than one IP for each IP family");
        }
    }
}
