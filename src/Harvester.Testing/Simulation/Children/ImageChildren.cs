namespace Harvester.Testing.Simulation.Children;

/// <summary>Images are downloaded.</summary>
public static class ImageChildren
{
    /// <summary>An image that is not decided yet is imported, or cannot be found.</summary>
    public static ChildSimulator Imported { get; } = new()
    {
        Name = "image is imported",
        Kind = ClusterKinds.Images,
        Switch = _ => "image",
        When = image => !image.IsDeleting && image.Condition("Imported") is null,
        Then = image =>
        [
            ChildWrite.ReplaceWithStatus(ClusterKinds.Images, image, $$$"""
                {
                  "appliedUrl": "{{{image.Object.At("spec", "url")?.AsString}}}",
                  "progress": 100,
                  "size": 6000000000,
                  "storageClassName": "longhorn-{{{image.Name}}}",
                  "conditions": [
                    {"type": "Initialized", "status": "True"},
                    {"type": "Imported", "status": "True"}
                  ]
                }
                """),
        ],
        OnFailure = image =>
        [
            ChildWrite.ReplaceWithStatus(ClusterKinds.Images, image, """
                {
                  "progress": 0,
                  "conditions": [
                    {"type": "Initialized", "status": "True"},
                    {"type": "Imported", "status": "False", "reason": "ImportFailed", "message": "404 Not Found"}
                  ]
                }
                """),
        ],
    };
}
