using Microsoft.Extensions.Logging;

namespace Harvester.Samples.HistoricalController.Tests;

/// <summary>Keeps what the controllers log.</summary>
internal sealed class CapturedLog : ILoggerFactory
{
    public List<LogLine> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(CapturedLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Lines.Add(new LogLine(category, logLevel, formatter(state, exception)));
    }
}

internal sealed record LogLine(string Category, LogLevel Level, string Text);
