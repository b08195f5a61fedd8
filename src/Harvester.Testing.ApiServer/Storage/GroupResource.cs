namespace Harvester.Testing.ApiServer.Storage;

/// <summary>Names a collection of objects whatever the version they are read through.</summary>
/// <param name="Group">The API group, empty for the core group.</param>
/// <param name="Resource">The plural name.</param>
internal readonly record struct GroupResource(string Group, string Resource)
{
    /// <summary><c>plural.group</c>, or just the plural for the core group, as error texts have it.</summary>
    public override string ToString() => Group.Length == 0 ? Resource : $"{Resource}.{Group}";
}
