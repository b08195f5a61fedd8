namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Pods;

/// <summary>What paths inside a volume must satisfy.</summary>
internal static class PathValidation
{
    /// <summary>A path that starts inside and stays there.</summary>
    /// <param name="path">The path.</param>
    /// <param name="field">Its field.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckInside(string path, string field, FieldErrors errors)
    {
        if (path.StartsWith('/'))
        {
            errors.Invalid(field, path, "must be a relative path");
        }

        CheckNoBackstep(path, field, errors);
    }

    /// <summary>A path without steps upwards.</summary>
    /// <param name="path">The path.</param>
    /// <param name="field">Its field.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void CheckNoBackstep(string path, string field, FieldErrors errors)
    {
        if (path.Split('/').Contains(".."))
        {
            errors.Invalid(field, path, "must not contain '..'");
        }
    }
}
