namespace Harvester.Testing.ApiServer.Json;

/// <summary>How long a value's text is, without writing it.</summary>
internal static class JsonSize
{
    /// <summary>
    /// About the length of a value's text in UTF-8. Counting stops above the bound, so that a value that repeats parts of
    /// itself, as patches can make, costs no more than the bound.
    /// </summary>
    public static long UpTo(JsonValue value, long bound)
    {
        var size = 0L;
        var open = new Stack<JsonValue>();
        open.Push(value);
        while (size <= bound && open.TryPop(out var next))
        {
            switch (next)
            {
                case JsonObject members:
                    size += 2;
                    for (var i = 0; i < members.Count; i++)
                    {
                        size += members.Names[i].Length + 4;
                        if (members.Values[i] is JsonObject or JsonArray)
                        {
                            open.Push(members.Values[i]);
                        }
                        else
                        {
                            size += OfScalar(members.Values[i]);
                        }
                    }

                    break;
                case JsonArray items:
                    size += 2;
                    foreach (var item in items.AsSpan())
                    {
                        size++;
                        if (item is JsonObject or JsonArray)
                        {
                            open.Push(item);
                        }
                        else
                        {
                            size += OfScalar(item);
                        }
                    }

                    break;
                default:
                    size += OfScalar(next);
                    break;
            }
        }

        return size;
    }

    private static long OfScalar(JsonValue value) => value switch
    {
        JsonString text => System.Text.Encoding.UTF8.GetByteCount(text.Value) + 2,
        JsonInteger or JsonFloat => 8,
        _ => 5,
    };
}
