using Microsoft.Extensions.Logging;

namespace Harvester.Samples.UpgradeController.Simulated;

/// <summary>Keeps the lines of loggers, from level Information up, and hands each on as it comes.</summary>
public sealed class LineLoggers : ILoggerFactory
{
    private readonly List<string> lines = [];

    public event Action<string, LogLevel, string>? Written;

    public IReadOnlyList<string> Lines => lines;

    public int Count(string text) => lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    public void Clear() => lines.Clear();

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class LineLogger(LineLoggers owner, string category) : ILogger
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

            var line = exception is null ? formatter(state, exception) : $"{formatter(state, exception)}: {exception.Message}";
            owner.lines.Add(line);
            owner.Written?.Invoke(category, logLevel, line);
        }
    }
}
