using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Harvester.Analyzers.Benchmarks;

/// <summary>
/// Builds a generated project of many files with the rules and a peer's, and prints the compiler's own figures of one run: what each
/// analyzer assembly took, and what the compilation took.
/// </summary>
internal static partial class CompilerShare
{
    private const string Total = "Total analyzer execution time";
    private const string Peer = "Meziantou.Analyzer";

    /// <summary>Runs the comparison: <c>share [--files N] [--runs N]</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var files = Option(args, "--files", 1000);
        var runs = Option(args, "--runs", 3);
        var folder = Directory.CreateTempSubdirectory("share-");
        try
        {
            await GenerateAsync(folder.FullName, files);
            await DotnetAsync(folder.FullName, "restore", "-v", "q");
            Console.WriteLine($"{files} files, one in ten a reconciler; seconds of one compilation each");
            Console.WriteLine("run  compiler  all analyzers  Harvester  " + Peer);
            for (var run = 1; run <= runs; run++)
            {
                Directory.Delete(Path.Combine(folder.FullName, "bin"), recursive: true);
                var output = await DotnetAsync(
                    folder.FullName, "build", "--no-restore", "-t:Rebuild", "-p:ReportAnalyzer=true", "-p:UseSharedCompilation=false",
                    "-v:d", "-nologo", "-clp:PerformanceSummary");
                var compiler = double.Parse(Csc().Match(output).Groups[1].Value, CultureInfo.InvariantCulture) / 1000;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{run,3}  {compiler,8:F2}  {Seconds(output, Total),13:F2}  {Seconds(output, "Harvester.Analyzers"),9:F3}  {Seconds(output, Peer),6:F3}"));
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task GenerateAsync(string folder, int files)
    {
        var rules = typeof(Descriptors).Assembly.Location;
        await File.WriteAllTextAsync(Path.Combine(folder, "Generated.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="KubernetesClient" Version="21.0.8" />
                <PackageReference Include="{Peer}" Version="3.0.321" />
                <Analyzer Include="{rules}" />
              </ItemGroup>
            </Project>
            """);
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        for (var i = 0; i < files; i++)
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, $"File{i}.cs"), i % 10 == 0 ? GeneratedSources.Reconciler(i) : GeneratedSources.Irrelevant(i));
        }
    }

    // After its total the compiler prints a line for each analyzer assembly: seconds, share, name and version.
    private static double Seconds(string output, string what)
    {
        var start = output.IndexOf(Total, StringComparison.Ordinal);
        var line = start < 0
            ? null
            : output[start..].Split('\n').FirstOrDefault(text => text.Contains(what + (what == Total ? ":" : ", Version="), StringComparison.Ordinal));
        var number = line is null ? Match.Empty : Number().Match(line);
        return number.Success ? double.Parse(number.Value, CultureInfo.InvariantCulture) : double.NaN;
    }

    private static async Task<string> DotnetAsync(string folder, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', args)}:\n{output[^Math.Min(output.Length, 4000)..]}");
    }

    private static int Option(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    [GeneratedRegex(@"(\d+) ms\s+Csc ")]
    private static partial Regex Csc();

    [GeneratedRegex(@"\d+\.\d+")]
    private static partial Regex Number();
}
