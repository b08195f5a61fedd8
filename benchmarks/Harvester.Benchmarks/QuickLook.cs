using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Harvester.Testing.ApiServer;

namespace Harvester.Benchmarks;

/// <summary>Medians by stopwatch within seconds, and what a request allocates: for work on the server, beside the benchmarks proper.</summary>
internal static class QuickLook
{
    public static async Task RunAsync(int objects)
    {
        await using var server = await Gadgets.StartAsync(objects);
        var get = $"{Gadgets.Path}/{Gadgets.NameOf(objects / 3)}";
        var put = new Replacement(server, Gadgets.NameOf(objects / 2));
        var status = $"{Gadgets.Path}/{Gadgets.NameOf(objects / 4)}/status";
        var posted = Gadgets.New("new-0000000");
        var at = posted.AsSpan().IndexOf("new-0000000"u8);

        // Creates go to another namespace, so that the lists stay as long as they are.
        var elsewhere = Gadgets.Path.Replace("/default/", "/kube-system/", StringComparison.Ordinal);
        var copy = new byte[Gadgets.Answer(server, "GET", Gadgets.Path).Body.Length + 1_000];
        var count = 0;
        for (var round = 0; round < 2; round++)
        {
            Measure("GET", 5000, () => Gadgets.Answer(server, "GET", get));
            Measure("PUT", 3000, () => put.Send());
            Measure("status PATCH", 3000, () => Gadgets.Answer(
                server, "PATCH", status, Encoding.UTF8.GetBytes($"{{\"status\":{{\"phase\":\"Ready\",\"observed\":{++count}}}}}"), "application/merge-patch+json"));
            Measure("LIST", 20, () => Gadgets.Answer(server, "GET", Gadgets.Path));
            Measure("LIST, copied", 20, () => Gadgets.Answer(server, "GET", Gadgets.Path).Body.CopyTo(copy));
            Measure("Fork", 500, () => server.Fork(server.Revision));
            Measure("create", 3000, () =>
            {
                var body = (byte[])posted.Clone();
                (++count).TryFormat(body.AsSpan(at + 4), out _, "D7", CultureInfo.InvariantCulture);
                Gadgets.Answer(server, "POST", elsewhere, body);
            });
        }
    }

    public static void Starts()
    {
        Measure("start", 50, () => Gadgets.StartAsync().GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult());
        Measure("address", 50, () =>
        {
            var server = Gadgets.StartAsync().GetAwaiter().GetResult();
            _ = server.Url;
            server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        });
    }

    private static void Measure(string name, int count, Action action)
    {
        for (var i = 0; i < count; i++)
        {
            action();
        }

        var times = new double[count];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-14} median {times[count / 2],10:F1} us   p90 {times[count * 9 / 10],10:F1} us   {allocated / count / 1024.0,8:F1} KiB"));
    }
}

/// <summary>PUTs that each change one object as it was answered last, their bodies made without the server's own code.</summary>
internal sealed class Replacement(KubernetesApiServer server, string name)
{
    private readonly string _path = $"{Gadgets.Path}/{name}";
    private byte[] _live = Gadgets.Answer(server, "GET", $"{Gadgets.Path}/{name}").Body.ToArray();
    private int _count;

    /// <summary>One PUT.</summary>
    public long Send()
    {
        var size = "\"size\":"u8;
        var start = _live.AsSpan().IndexOf(size) + size.Length;
        var end = start + _live.AsSpan(start).IndexOf((byte)',');
        byte[] body = [.. _live.AsSpan(0, start), .. Encoding.UTF8.GetBytes((++_count + 1).ToString(CultureInfo.InvariantCulture)), .. _live.AsSpan(end)];
        var answer = Gadgets.Answer(server, "PUT", _path, body).Body;
        _live = answer.ToArray();
        return answer.Length;
    }
}
