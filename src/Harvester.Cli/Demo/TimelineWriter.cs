using System.Globalization;
using Harvester.Cli.Rendering;
using Harvester.Testing.ApiServer;
using Microsoft.Extensions.Logging;

namespace Harvester.Cli.Demo;

/// <summary>Prints a timeline. Reads are counted, not listed: what matters is what the server stored and what was logged.</summary>
internal sealed class TimelineWriter(Terminal terminal)
{
    private const int ActorWidth = 12;

    /// <summary>Prints the entries.</summary>
    public void Write(IEnumerable<TimelineEntry> entries)
    {
        var reads = 0;
        foreach (var entry in entries)
        {
            if (entry is RequestEntry { Request.Verb: "get" or "list" or "watch", Request.StatusCode: < 400 or 404 })
            {
                reads++;
                continue;
            }

            FlushReads(ref reads);
            switch (entry)
            {
                case RequestEntry request:
                    Write(request);
                    break;
                case LogEntry log:
                    Write(log);
                    break;
            }
        }

        FlushReads(ref reads);
    }

    private void FlushReads(ref int reads)
    {
        if (reads > 0)
        {
            terminal.Line($"{"",10} {"",-ActorWidth} {reads} {(reads == 1 ? "read" : "reads")}", Tone.Quiet);
            reads = 0;
        }
    }

    private void Write(RequestEntry entry)
    {
        var request = entry.Request;
        var changes = request.Stored ? ChangeText.Of(request.Changes) : "";
        var tone = request.StatusCode >= 400 ? Tone.Notice : Tone.Plain;
        terminal.Line(
            (Time(entry), Tone.Quiet),
            ($" {entry.Actor,-ActorWidth} ", Tone.Quiet),
            ($"{Verb(request),-6} {Target(request)} {request.StatusCode}", tone),
            (request.StatusCode >= 400 && request.Reason is { } reason ? $" {reason}" : "", Tone.Notice),
            (Revision(request), Tone.Quiet),
            (Outcome(request, changes), changes.Contains("STATUS REMOVED", StringComparison.Ordinal) ? Tone.Bad : Tone.Plain));
    }

    private void Write(LogEntry entry) => terminal.Line(
        (Time(entry), Tone.Quiet),
        ($" {"log",-ActorWidth} ", Tone.Quiet),
        (entry.Level >= LogLevel.Warning ? $"{entry.Level.ToString().ToUpperInvariant()} " : "", Tone.Notice),
        (entry.Message.ReplaceLineEndings(" "), Tone.Log));

    private static string Time(TimelineEntry entry) =>
        ("+" + entry.At.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)).PadLeft(10);

    private static string Verb(RequestRecord request) => request.Verb switch
    {
        "create" => "POST",
        "update" => "PUT",
        "deletecollection" => "DELETE",
        var verb => verb.ToUpperInvariant(),
    };

    private static string Target(RequestRecord request)
    {
        var name = request.Name is null ? request.Resource : $"{request.Resource}/{request.Name}";
        return request.Subresource is null ? name : $"{name}/{request.Subresource}";
    }

    private static string Revision(RequestRecord request) => request switch
    {
        { Stored: false } => "",
        { ResourceVersionBefore: { } before, ResourceVersionAfter: { } after } when before != after => $" rv {before} -> {after}",
        { ResourceVersionAfter: { } after } => $" rv {after}",
        _ => "",
    };

    private static string Outcome(RequestRecord request, string changes) => request switch
    {
        { Verb: "create", StatusCode: < 300 } => " created",
        { Verb: "delete", StatusCode: < 300 } => " deleted",
        { StatusCode: >= 400 } => "",
        { Stored: false } => " nothing stored",
        { ResourceVersionAfter: null } => " gone with its last finalizer",
        _ when changes.Length == 0 => "",
        _ => " " + changes,
    };
}
