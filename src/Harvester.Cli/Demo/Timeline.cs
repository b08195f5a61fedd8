using Harvester.Testing.ApiServer;
using Microsoft.Extensions.Logging;

namespace Harvester.Cli.Demo;

/// <summary>
/// What happened in one run, in the order it happened: the server's audit log and the controllers' log lines. Nothing else can
/// get into it, so what is printed from it was never scripted.
/// </summary>
internal sealed class Timeline : ILoggerFactory
{
    private readonly Lock gate = new();
    private readonly List<TimelineEntry> entries = [];
    private readonly TimeProvider clock;
    private readonly DateTimeOffset start;

    /// <summary>Begins a timeline of everything the server is asked from now on.</summary>
    public Timeline(KubernetesApiServer server, TimeProvider clock)
    {
        this.clock = clock;
        start = clock.GetUtcNow();
        server.Requests.Recorded += record => Add(new RequestEntry(Now, record));
    }

    /// <summary>How many things have happened: a position to ask <see cref="Since"/> about later.</summary>
    public int Position
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    private TimeSpan Now => clock.GetUtcNow() - start;

    /// <summary>What happened from a position on.</summary>
    public IReadOnlyList<TimelineEntry> Since(int position)
    {
        lock (gate)
        {
            return entries[position..];
        }
    }

    /// <summary>The messages logged from a position on.</summary>
    public IReadOnlyList<string> LoggedSince(int position) =>
        [.. Since(position).OfType<LogEntry>().Select(entry => entry.Message)];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Capture(this, categoryName);

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The timeline is the only reader of this log.");

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private void Add(TimelineEntry entry)
    {
        lock (gate)
        {
            entries.Add(entry);
        }
    }

    private sealed class Capture(Timeline timeline, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var message = formatter(state, exception);
            timeline.Add(new LogEntry(timeline.Now, category, logLevel, exception is null ? message : $"{message}: {exception.Message}"));
        }
    }
}
