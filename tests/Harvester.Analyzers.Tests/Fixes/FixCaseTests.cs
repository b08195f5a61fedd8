using Harvester.Analyzers.Tests.Verification;
using Microsoft.CodeAnalysis;

namespace Harvester.Analyzers.Tests.Fixes;

/// <summary>
/// All fixes over files of code as people write it: <c>Cases/NAME.before.cs</c> and what becomes of it. What stays as it is has no fix
/// that would be right.
/// </summary>
public class FixCaseTests
{
    [Theory]
    [InlineData("TypedClient", "present")]
    [InlineData("Values", "present")]
    [InlineData("OtherClients", "unknown")]
    [InlineData("ClientSets", "present")]
    [InlineData("FlatClient", "unknown")]
    [InlineData("Program", "present")]
    public async Task The_fixes_make_of_it_what_stands_beside_it(string name, string statusSubresource)
    {
        var before = File.ReadAllText(RepositoryRoot.At("tests", "Harvester.Analyzers.Tests", "Fixes", "Cases", name + ".before.cs"));
        var after = await FixRun.FixAsync(
            before,
            "harvester_analyzers.status_subresource = " + statusSubresource,
            output: name == "Program" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            flatClient: name == "FlatClient");
        GeneratedFile.Check(after, "tests", "Harvester.Analyzers.Tests", "Fixes", "Cases", name + ".after.cs");
    }

    [Fact]
    public async Task Line_ends_and_tabs_stay_as_they_are()
    {
        var before = """
            class C
            {
            	async Task M(IKubernetes c, V1Pod p)
            	{
            		p.Status.Phase = "x";
            		p.Spec.ActiveDeadlineSeconds = 3;
            		// both
            		await c.CoreV1.ReplaceNamespacedPodAsync(p, "n", "ns");
            	}

            	async Task N(IKubernetes c, V1Pod p)
            	{
            		p.SetLabel("a", "b"); // keep

            		p.Status = null; // gone
            		await c.CoreV1.ReplaceNamespacedPodAsync(p, "n", "ns");
            	}
            }

            """.ReplaceLineEndings("\r\n");
        var after = await FixRun.FixAsync(before, nullable: NullableContextOptions.Disable);
        Assert.Equal(
            """
            class C
            {
            	async Task M(IKubernetes c, V1Pod p)
            	{
            		p.Status.Phase = "x";
            		p.Spec.ActiveDeadlineSeconds = 3;
            		// both
            		var pStatus = p.Status;
            		p = await c.CoreV1.ReplaceNamespacedPodAsync(p, "n", "ns");
            		p.Status = pStatus;
            		await c.CoreV1.ReplaceNamespacedPodStatusAsync(p, "n", "ns");
            	}

            	async Task N(IKubernetes c, V1Pod p)
            	{
            		p.SetLabel("a", "b"); // keep

            		// gone
            		await c.CoreV1.PatchNamespacedPodAsync(new V1Patch(new { metadata = new { labels = new Dictionary<string, string> { ["a"] = "b" } } }, V1Patch.PatchType.MergePatch), "n", "ns");
            	}
            }

            """.ReplaceLineEndings("\r\n"),
            after);
    }
}
