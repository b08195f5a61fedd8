using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Tests.Kubectl;

/// <summary>One run of a script against a server of its own.</summary>
internal sealed class KubectlRun : IDisposable
{
    private readonly KubectlBinary _kubectl;
    private readonly KubectlScript _script;
    private readonly KubectlHome _home;
    private readonly KubectlNormaliser _normaliser;
    private readonly Dictionary<string, string> _outputs = [];
    private readonly Dictionary<string, string> _variables = [];
    private readonly Dictionary<string, Call> _background = [];

    private KubectlRun(KubectlBinary kubectl, KubectlScript script, KubernetesApiServer server, string ns)
    {
        _kubectl = kubectl;
        _script = script;
        _home = new KubectlHome(server, ns);
        _normaliser = new KubectlNormaliser(ns, server.Url.ToString().TrimEnd('/'), _home.Root);
        _variables["ns"] = ns;
    }

    /// <summary>Runs all steps.</summary>
    public static async Task<IReadOnlyDictionary<string, KubectlResult>> RunAsync(KubectlBinary kubectl, KubectlScript script)
    {
        await using var server = await KubernetesApiServer.StartAsync(options =>
        {
            options.UseRbac();
            options.Port = 0;
            foreach (var file in script.Definitions)
            {
                options.AddCustomResourceDefinitions(Path.Combine(AppContext.BaseDirectory, "Conformance", "crds", file));
            }
        });
        var ns = $"kc-{script.Name}-{Random.Shared.Next(0x1000000):x6}";
        using (var admin = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://localhost") })
        {
            using var body = new StringContent($$$"""{"metadata":{"name":"{{{ns}}}"}}""", Encoding.UTF8, "application/json");
            (await admin.PostAsync(new Uri("/api/v1/namespaces", UriKind.Relative), body)).EnsureSuccessStatusCode();
        }

        using var run = new KubectlRun(kubectl, script, server, ns);
        var results = new Dictionary<string, KubectlResult>();
        foreach (var step in script.Steps.Where(run.Applies))
        {
            if (step["sleep"] is { } seconds)
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds.GetValue<double>()));
            }
            else if (await run.StepAsync(step) is { } result)
            {
                results[result.Id] = result;
            }
        }

        return results;
    }

    public void Dispose()
    {
        foreach (var call in _background.Values)
        {
            call.Kill();
        }

        _home.Dispose();
    }

    private bool Applies(JsonObject step) =>
        Version.Parse(step["minKubectl"]?.GetValue<string>() ?? "1.0") <= _kubectl.Number
        && _kubectl.Number <= Version.Parse(step["maxKubectl"]?.GetValue<string>() ?? "1.999");

    private async Task<KubectlResult?> StepAsync(JsonObject step)
    {
        var id = step["id"]!.GetValue<string>();
        (string Exit, string Output, string Error) got;
        try
        {
            if (await CallAsync((JsonObject)Substitute(step)!) is not { } called)
            {
                return null;
            }

            got = called;
        }
        catch (Exception broken) when (broken is KeyNotFoundException or InvalidOperationException or IOException or System.Text.Json.JsonException)
        {
            // An earlier step failed: this one must not hide the others.
            got = ("broken", "", broken.Message);
        }

        _outputs[id] = got.Output;
        foreach (var (name, pattern) in step["capture"] as JsonObject ?? [])
        {
            var match = Regex.Match(got.Output, pattern!.GetValue<string>());
            _variables[name] = match.Success ? match.Groups[1].Value : $"<no {name}>";
        }

        _normaliser.Begin(id);
        return Shown(step, new KubectlResult(id, got.Exit, _normaliser.Output(got.Output), _normaliser.Error(got.Error)));
    }

    private KubectlResult Shown(JsonObject step, KubectlResult result)
    {
        var (output, error) = (result.Output, result.Error);
        foreach (var mask in Substitute(step["mask"]) as JsonArray ?? [])
        {
            var pattern = new Regex(mask![0]!.GetValue<string>(), RegexOptions.Multiline);
            var replacement = Regex.Replace(mask[1]!.GetValue<string>(), @"\\(\d)", "$${$1}");
            (output, error) = (pattern.Replace(output, replacement), pattern.Replace(error, replacement));
        }

        if (step["keep"]?.GetValue<string>() is { } keep)
        {
            var kept = output.Split('\n').Where(line => line.Length > 0 && Regex.IsMatch(line + "\n", keep));
            output = string.Concat(kept.Select(line => line + "\n"));
        }

        if (step["sort"]?.GetValue<bool>() == true)
        {
            output = string.Concat(output.Split('\n').Where(line => line.Length > 0).Order(StringComparer.Ordinal).Select(line => line + "\n"));
        }

        var isNoisy = step["noisy"]?.GetValue<bool>() == true
            || _kubectl.Number < Version.Parse(step["noisyBefore"]?.GetValue<string>() ?? "0.0");
        return result with
        {
            Output = isNoisy || step["ignoreStdout"]?.GetValue<bool>() == true ? "" : output,
            Error = isNoisy || step["ignoreStderr"]?.GetValue<bool>() == true ? "" : error,
        };
    }

    private async Task<(string Exit, string Output, string Error)?> CallAsync(JsonObject step)
    {
        var limit = TimeSpan.FromSeconds(step["timeout"]?.GetValue<double>() ?? 30);
        if (step["join"]?.GetValue<string>() is { } joined)
        {
            return await JoinAsync(step, _background[joined], limit);
        }

        foreach (var (name, content) in step["files"] as JsonObject ?? [])
        {
            Write(name, content!.GetValue<string>());
        }

        foreach (var (name, source) in step["filesFrom"] as JsonObject ?? [])
        {
            Write(name, _outputs[source!.GetValue<string>()]);
        }

        var arguments = step["args"]!.AsArray().Select(argument => argument!.GetValue<string>()).ToList();
        var environment = (step["env"] as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
        var input = Edited(step, step["stdinFrom"]?.GetValue<string>() is { } from ? _outputs[from] : step["stdin"]?.GetValue<string>());
        if (step["background"]?.GetValue<bool>() == true)
        {
            var started = new Call(_kubectl.Start(_home, arguments, environment), input);
            _background[step["id"]!.GetValue<string>()] = started;
            if (step["ready"]?.GetValue<string>() is { } ready)
            {
                await started.AwaitAsync(ready, TimeSpan.FromSeconds(10));
            }
            else
            {
                await Task.Delay(TimeSpan.FromSeconds(step["settle"]?.GetValue<double>() ?? 1.5));
            }

            return null;
        }

        var until = step["until"] as JsonObject;
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        while (true)
        {
            var got = await new Call(_kubectl.Start(_home, arguments, environment), input).FinishAsync(limit);
            if (until is null || DateTime.UtcNow > end
                || ((until["exit"]?.ToString() ?? got.Exit) == got.Exit && Regex.IsMatch(got.Output, until["stdout"]?.GetValue<string>() ?? "")))
            {
                return got;
            }

            await Task.Delay(300);
        }
    }

    private static async Task<(string Exit, string Output, string Error)> JoinAsync(JsonObject step, Call call, TimeSpan limit)
    {
        if (step["expect"]?.GetValue<string>() is { } expected)
        {
            await call.AwaitAsync(expected, limit < TimeSpan.FromSeconds(10) ? limit : TimeSpan.FromSeconds(10));
        }

        if (step["stop"]?.GetValue<bool>() != true)
        {
            return await call.FinishAsync(limit);
        }

        await Task.Delay(200);
        var stopped = call.Kill();
        var got = await call.FinishAsync(limit);
        return stopped ? got with { Exit = "stopped" } : got;
    }

    private static string? Edited(JsonObject step, string? input)
    {
        foreach (var edit in step["edit"] as JsonArray ?? [])
        {
            var what = edit![0]!.GetValue<string>();
            if (what == "sub")
            {
                var replacement = Regex.Replace(edit[2]!.GetValue<string>(), @"\\(\d)", "$${$1}");
                input = Regex.Replace(input!, edit[1]!.GetValue<string>(), replacement, RegexOptions.Multiline);
                continue;
            }

            var document = JsonNode.Parse(input!)!;
            var parts = edit[1]!.GetValue<string>().Split('/').Skip(1)
                .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToList();
            var at = document;
            foreach (var part in parts.SkipLast(1))
            {
                if (at is JsonObject members && members[part] is null)
                {
                    members[part] = new JsonObject();
                }

                at = at is JsonArray list ? list[int.Parse(part)]! : at[part]!;
            }

            switch (at)
            {
                case JsonArray list when what == "set":
                    list[int.Parse(parts[^1])] = edit[2]?.DeepClone();
                    break;
                case JsonArray list:
                    list.RemoveAt(int.Parse(parts[^1]));
                    break;
                case JsonObject members when what == "set":
                    members[parts[^1]] = edit[2]?.DeepClone();
                    break;
                default:
                    at.AsObject().Remove(parts[^1]);
                    break;
            }

            input = document.ToJsonString();
        }

        return input;
    }

    private void Write(string name, string content)
    {
        var path = Path.Combine(_home.Work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private JsonNode? Substitute(JsonNode? value) => value switch
    {
        JsonObject members => new JsonObject(members.Select(pair => KeyValuePair.Create(Text(pair.Key), Substitute(pair.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Substitute)]),
        JsonValue plain when plain.TryGetValue<string>(out var text) => Text(text),
        _ => value?.DeepClone(),
    };

    private string Text(string text) =>
        Regex.Replace(text, @"\$\{(\w+)\}", match => _variables.GetValueOrDefault(match.Groups[1].Value, match.Value));

    /// <summary>A call under way; what it prints is gathered as it comes.</summary>
    private sealed class Call
    {
        private readonly Process _process;
        private readonly StringBuilder _output = new();
        private readonly Task _reading;
        private readonly Task<string> _error;

        public Call(Process process, string? input)
        {
            _process = process;
            _reading = Task.Run(ReadAsync);
            _error = process.StandardError.ReadToEndAsync();
            try
            {
                process.StandardInput.Write(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // A call that does not read what it is given may end before it was written.
            }
        }

        public async Task AwaitAsync(string pattern, TimeSpan limit)
        {
            var end = DateTime.UtcNow + limit;
            while (DateTime.UtcNow < end && !_process.HasExited && !Regex.IsMatch(Printed(), pattern))
            {
                await Task.Delay(50);
            }
        }

        public async Task<(string Exit, string Output, string Error)> FinishAsync(TimeSpan limit)
        {
            var isLate = false;
            try
            {
                await _process.WaitForExitAsync().WaitAsync(limit);
            }
            catch (TimeoutException)
            {
                isLate = true;
                Kill();
                await _process.WaitForExitAsync();
            }

            await _reading;
            var error = await _error;
            var exit = isLate ? "timeout" : $"{_process.ExitCode}";
            _process.Dispose();
            return (exit, Printed(), error);
        }

        public bool Kill()
        {
            try
            {
                if (_process.HasExited)
                {
                    return false;
                }

                _process.Kill(entireProcessTree: true);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }

        private string Printed()
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }

        private async Task ReadAsync()
        {
            var buffer = new char[4096];
            int count;
            while ((count = await _process.StandardOutput.ReadAsync(buffer)) > 0)
            {
                lock (_output)
                {
                    _output.Append(buffer, 0, count);
                }
            }
        }
    }
}
