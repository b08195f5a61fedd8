using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Harvester.Testing.ApiServer.Tests.Conformance;

/// <summary>One run of a recorded case against a server, through any door: an <see cref="HttpClient"/> is all it needs.</summary>
internal sealed partial class CaseRun
{
    private readonly RecordedCase _case;
    private readonly HttpClient _client;
    private readonly string _namespace;
    private readonly AnswerNormaliser _normaliser;
    private readonly Dictionary<string, JsonNode?> _raw = [];

    private CaseRun(RecordedCase recorded, HttpClient client)
    {
        _case = recorded;
        _client = client;
        _namespace = $"conf-{recorded.Name}-{Random.Shared.Next(0x1000000):x6}";
        _normaliser = new AnswerNormaliser(_namespace);
    }

    /// <summary>Runs all steps.</summary>
    /// <param name="recorded">The case.</param>
    /// <param name="client">The way to the server.</param>
    /// <param name="definitions">The folder of custom resource definitions.</param>
    /// <returns>The normalised answers by step.</returns>
    public static async Task<IReadOnlyDictionary<string, JsonObject>> RunAsync(RecordedCase recorded, HttpClient client, string definitions)
    {
        var run = new CaseRun(recorded, client);
        await run.PrepareAsync(definitions);
        return await run.StepsAsync();
    }

    private async Task PrepareAsync(string definitions)
    {
        foreach (var definition in _case.Definitions)
        {
            var text = await File.ReadAllTextAsync(Path.Combine(definitions, definition));
            var answer = await SendAsync(
                new Call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", [], Encoding.UTF8.GetBytes(text)));
            if (answer.Status is not (201 or 409))
            {
                throw new InvalidOperationException($"{definition}: {answer.Status} {answer.Text}");
            }
        }

        if (_case.Namespaced)
        {
            var body = $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{_namespace}}}"}}""";
            await SendAsync(new Call("POST", "/api/v1/namespaces", [], Encoding.UTF8.GetBytes(body)));
        }
    }

    private async Task<IReadOnlyDictionary<string, JsonObject>> StepsAsync()
    {
        var answers = new Dictionary<string, JsonObject>();
        var pending = new Dictionary<string, (JsonObject Step, Task<Answer> End)>();
        foreach (var step in _case.Steps)
        {
            if (step["sleep"] is { } seconds)
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds.GetValue<double>()));
            }
            else if (step["join"]?.GetValue<string>() is { } joined)
            {
                pending.Remove(joined, out var started);
                answers[joined] = Finish(started.Step, await started.End);
            }
            else if (step["background"]?.GetValue<bool>() == true)
            {
                var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var call = RequestOf(step);
                pending[Id(step)] = (step, Task.Run(() => AttemptAsync(call, opened)));
                await Task.WhenAny(opened.Task, Task.Delay(TimeSpan.FromSeconds(10)));
            }
            else
            {
                answers[Id(step)] = Finish(step, await RepeatAsync(step));
            }
        }

        foreach (var (id, started) in pending)
        {
            answers[id] = Finish(started.Step, await started.End);
        }

        return answers;
    }

    private static string Id(JsonObject step) => step["id"]!.GetValue<string>();

    private async Task<Answer> RepeatAsync(JsonObject step)
    {
        Call call;
        try
        {
            call = RequestOf(step);
        }
        catch (Exception missing) when (missing is InvalidOperationException or InvalidCastException or ArgumentException)
        {
            // An earlier step failed: this one must not hide the others.
            return new Answer(-1, "", [], [], missing.Message);
        }

        var limit = DateTime.UtcNow + TimeSpan.FromSeconds(step["untilSeconds"]?.GetValue<double>() ?? 15);
        while (true)
        {
            var answer = await AttemptAsync(call, null);
            if (IsAnswered(step, answer) || DateTime.UtcNow > limit)
            {
                return answer;
            }

            await Task.Delay(100);
        }
    }

    private bool IsAnswered(JsonObject step, Answer answer) => step["until"] switch
    {
        null => true,
        JsonArray condition => JsonPointer.TryGet(Parse(answer.Text, false), condition[0]!.GetValue<string>(), out var found)
            ? JsonNode.DeepEquals(found, Substitute(condition[1]))
            : condition[1] is null,
        var status => status.GetValue<int>() == answer.Status,
    };

    private Call RequestOf(JsonObject step)
    {
        var raw = step["raw"]?.GetValue<bool>() == true;
        JsonNode? body = null;
        var hasBody = true;
        if (step["bodyFrom"] is { } from)
        {
            body = _raw[from.GetValue<string>()]?.DeepClone();
        }
        else if (step.ContainsKey("body"))
        {
            body = Substitute(step["body"]);
        }
        else
        {
            hasBody = false;
        }

        foreach (var edit in step["edit"] as JsonArray ?? [])
        {
            var parts = edit!.AsArray();
            JsonPointer.Edit(
                body, parts[0]!.GetValue<string>(), parts[1]!.GetValue<string>(), parts.Count > 2 ? Substitute(parts[2]) : null);
        }

        byte[]? data = null;
        if (hasBody && (body is not null || !raw))
        {
            // Of a big body a list of pieces and how often each comes.
            var text = raw && body is JsonArray pieces
                ? string.Concat(pieces.Select(p => string.Concat(Enumerable.Repeat(p![0]!.GetValue<string>(), p[1]!.GetValue<int>()))))
                : raw ? body!.GetValue<string>() : body?.ToJsonString() ?? "null";
            data = Encoding.UTF8.GetBytes(text);
        }

        var headers = (step["headers"] as JsonObject ?? [])
            .ToDictionary(h => h.Key, h => JsonPointer.Text(Substitute(h.Value)), StringComparer.OrdinalIgnoreCase);
        if (data is not null)
        {
            headers.TryAdd("Content-Type", step["contentType"]?.GetValue<string>() ?? "application/json");
        }

        headers.TryAdd("Accept", "application/json");
        var query = (step["query"] as JsonObject ?? []).SelectMany(q => Substitute(q.Value) is JsonArray several
            ? several.Select(v => Pair(q.Key, v))
            : [Pair(q.Key, Substitute(q.Value))]);
        var path = JsonPointer.Text(Substitute(step["path"]));
        var whole = string.Join('&', query);
        return new Call(step["method"]!.GetValue<string>(), whole.Length > 0 ? path + "?" + whole : path, headers, data);
    }

    private static string Pair(string name, JsonNode? value) =>
        Uri.EscapeDataString(name) + "=" + Uri.EscapeDataString(JsonPointer.Text(value));

    private JsonNode? Substitute(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                var substituted = new JsonObject();
                foreach (var (name, member) in members)
                {
                    substituted[SubstituteText(name)] = Substitute(member);
                }

                return substituted;
            case JsonArray items:
                return new JsonArray([.. items.Select(Substitute)]);
            case JsonValue scalar when scalar.TryGetValue<string>(out var text):
                var whole = Reference().Match(text);
                return whole.Success && whole.Length == text.Length
                    ? JsonPointer.Get(Earlier(whole), whole.Groups[2].Value)?.DeepClone()
                    : SubstituteText(text);
            default:
                return value?.DeepClone();
        }
    }

    private string SubstituteText(string text) => Reference().Replace(
        text.Replace("${ns}", _namespace), m => JsonPointer.Text(JsonPointer.Get(Earlier(m), m.Groups[2].Value)));

    private JsonNode? Earlier(Match reference) => _raw.TryGetValue(reference.Groups[1].Value, out var raw)
        ? raw
        : throw new InvalidOperationException($"no answer of step {reference.Groups[1].Value}");

    private async Task<Answer> AttemptAsync(Call call, TaskCompletionSource? opened)
    {
        try
        {
            return await SendAsync(call, opened);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException)
        {
            return new Answer(-1, "", [], [], failed.GetType().Name + ": " + failed.Message);
        }
        finally
        {
            opened?.TrySetResult();
        }
    }

    private async Task<Answer> SendAsync(Call call, TaskCompletionSource? opened = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(_client.BaseAddress!, call.PathAndQuery));
        if (!call.Headers.ContainsKey("User-Agent"))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", "Python-urllib/3.12");
        }

        if (call.Data is not null || call.Headers.ContainsKey("Content-Type"))
        {
            request.Content = new ByteArrayContent(call.Data ?? []);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", call.Headers.GetValueOrDefault("Content-Type", "application/json"));
        }

        foreach (var (name, value) in call.Headers)
        {
            if (!name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        opened?.TrySetResult();
        var text = await response.Content.ReadAsStringAsync(limit.Token);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers[name] = string.Join(", ", values);
        }

        string[] warnings = response.Headers.NonValidated.TryGetValues("Warning", out var found) ? [.. found] : [];
        return new Answer((int)response.StatusCode, headers.GetValueOrDefault("Content-Type", ""), warnings, headers, text);
    }

    private JsonObject Finish(JsonObject step, Answer answer)
    {
        var parsed = answer.Status < 0 ? answer.Text : Parse(answer.Text, step["watch"]?.GetValue<bool>() == true);
        _raw[Id(step)] = parsed;
        var part = step["only"] is JsonArray pointers
            ? new JsonObject(pointers.Select(p => p!.GetValue<string>()).Select(p => KeyValuePair.Create(
                p, JsonPointer.TryGet(parsed, p, out var found) ? found?.DeepClone() : null)))
            : parsed;
        var type = answer.ContentType.Split(';')[0];
        var normalised = new JsonObject
        {
            ["id"] = Id(step),
            ["status"] = answer.Status,
            ["contentType"] = type,
            ["warnings"] = new JsonArray([.. answer.Warnings.Select(w => (JsonNode)_normaliser.Text(w))]),
            ["body"] = type == "application/yaml" && part is JsonValue ? _normaliser.Yaml(JsonPointer.Text(part)) : _normaliser.Walk(part),
        };
        if (step["wantHeaders"] is JsonArray wanted)
        {
            normalised["headers"] = new JsonObject(wanted.Select(h => h!.GetValue<string>()).Select(
                h => KeyValuePair.Create(h, (JsonNode?)answer.Headers.GetValueOrDefault(h))));
        }

        return normalised;
    }

    private static JsonNode? Parse(string text, bool watch)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return watch
                ? new JsonArray([.. text.Split('\n').Where(l => !string.IsNullOrWhiteSpace(l)).Select(l => JsonNode.Parse(l))])
                : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    [GeneratedRegex(@"\$\{([\w-]+):([^}]*)\}")]
    private static partial Regex Reference();

    private sealed record Call(string Method, string PathAndQuery, Dictionary<string, string> Headers, byte[]? Data);

    private sealed record Answer(
        int Status, string ContentType, IReadOnlyList<string> Warnings, Dictionary<string, string> Headers, string Text);
}
