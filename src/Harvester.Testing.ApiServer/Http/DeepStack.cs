using System.Runtime.ExceptionServices;
using Harvester.Testing.ApiServer.Resources;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>
/// Work on values nested thousands of levels deep, which kube-apiserver takes: it runs on a thread whose stack is large
/// enough, since what walks values calls itself for each level.
/// </summary>
internal static class DeepStack
{
    private const int StackSize = 256 * 1024 * 1024;

    // An ordinary stack bears this.
    private const int OrdinaryDepth = 400;

    /// <summary>True when a body may be nested deeply.</summary>
    public static bool MayNeed(ApiRequest request)
    {
        var body = request.Body.Span;
        if (body.Length < OrdinaryDepth)
        {
            return false;
        }

        if (body.Count((byte)'{') + body.Count((byte)'[') > OrdinaryDepth && BracketDepth(body) > OrdinaryDepth)
        {
            return true;
        }

        return request.ContentType?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true && BlockDepth(body) > OrdinaryDepth;
    }

    // Brackets in strings count too: a stack too large does no harm.
    private static int BracketDepth(ReadOnlySpan<byte> body)
    {
        var depth = 0;
        var deepest = 0;
        foreach (var c in body)
        {
            switch (c)
            {
                case (byte)'{' or (byte)'[':
                    deepest = Math.Max(deepest, ++depth);
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
                default:
                    break;
            }
        }

        return deepest;
    }

    // In YAML's block style a level takes a space or a dash at least.
    private static int BlockDepth(ReadOnlySpan<byte> body)
    {
        var deepest = 0;
        foreach (var line in body.Split((byte)'\n'))
        {
            deepest = Math.Max(deepest, body[line].IndexOfAnyExcept((byte)' ', (byte)'-', (byte)'?'));
        }

        return deepest;
    }

    /// <summary>Runs work on a large stack and waits for it.</summary>
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception caught)
                {
                    failure = ExceptionDispatchInfo.Capture(caught);
                }
            },
            StackSize)
        {
            IsBackground = true,
            Name = "deep values",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
