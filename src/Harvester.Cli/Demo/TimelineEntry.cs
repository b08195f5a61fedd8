using Harvester.Testing.ApiServer;
using Microsoft.Extensions.Logging;

namespace Harvester.Cli.Demo;

/// <summary>One thing that happened: a request in the server's audit log, or a line a controller logged.</summary>
/// <param name="At">Virtual time since the run began.</param>
/// <param name="Actor">The user of the request, or the category of the log line.</param>
internal abstract record TimelineEntry(TimeSpan At, string Actor);

/// <summary>A request, as the server's audit log has it.</summary>
internal sealed record RequestEntry(TimeSpan At, RequestRecord Request) : TimelineEntry(At, Request.User);

/// <summary>A line that a controller gave to its logger.</summary>
internal sealed record LogEntry(TimeSpan At, string Actor, LogLevel Level, string Message) : TimelineEntry(At, Actor);
