using System.Globalization;
using Harvester.Cli.Rendering;
using Harvester.Testing.ApiServer;
using Microsoft.Extensions.Logging;

namespace Harvester.Cli.Demo;

/// <summary>Prints a timeline: every request, what the server stored, and every log line. Reads are there, but stand back.</summary>
internal sealed class TimelineWriter(Terminal terminal)
{
    private const int ActorWidth = 12;

    /// <summary>Prints the entries.</summary>
    public void Write(IEnumerable<TimelineEntry> entries)
    {
        foreach (var entry in entries)
        {
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
    }

    private void Write(RequestEntry entry)
    {
        var request = entry.Request;
        var changes = request.Stored ? ChangeText.Of(request.Changes) : "";
        var tone = IsRead(request) ? Tone.Quiet : request.StatusCode >= 400 ? Tone.Notice : Tone.Plain;
        terminal.Line(
            (Time(entry), Tone.Quiet),
            ($" {entry.Actor,-ActorWidth} ", Tone.Quiet),
            ($"{Verb(request),-6} {Target(request)} {request.StatusCode}", tone),
            (request.StatusCode >= 400 && request.Reason is { } reason ? $" {reason}" : "", IsRead(request) ? Tone.Quiet : Tone.Notice),
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

    private static bool IsRead(RequestRecord request) => request.Verb is "get" or "list" or "watch";

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
        _ when IsRead(request) => "",
        { Stored: false } => " nothing stored",
        { ResourceVersionAfter: null } => " gone with its last finalizer",
        _ when changes.Length == 0 => "",
        _ => " " + changes,
    };
}
