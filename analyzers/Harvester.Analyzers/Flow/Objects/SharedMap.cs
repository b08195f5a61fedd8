namespace Harvester.Analyzers.Flow.Objects;

/// <summary>
/// An immutable map from small numbers to objects, a trie of sixteen ways. Copies share what is equal, so joining or comparing two states of
/// a long method costs what differs between them and not what they hold.
/// </summary>
internal readonly struct SharedMap<T>
    where T : class
{
    private const int Bits = 4;
    private const int Ways = 1 << Bits;
    private const int Mask = Ways - 1;

    private readonly object?[]? root;

    /// <summary>How many levels of nodes stand above the values.</summary>
    private readonly int height;

    private SharedMap(object?[]? root, int height)
    {
        this.root = root;
        this.height = height;
    }

    /// <summary>Null where nothing is stored.</summary>
    public T? this[int key]
    {
        get
        {
            if (root is null || key >> (Bits * (height + 1)) != 0)
            {
                return null;
            }

            var node = root;
            for (var level = height; level > 0; level--)
            {
                node = (object?[]?)node[(key >> (Bits * level)) & Mask];
                if (node is null)
                {
                    return null;
                }
            }

            return (T?)node[key & Mask];
        }
    }

    /// <summary>The map with one value set, or taken away if it is null.</summary>
    public SharedMap<T> With(int key, T? value)
    {
        if (ReferenceEquals(this[key], value))
        {
            return this;
        }

        var (top, levels) = (root, height);
        while (key >> (Bits * (levels + 1)) != 0)
        {
            top = Raise(top);
            levels++;
        }

        return new SharedMap<T>(With(top, levels, key, value), levels);
    }

    /// <summary>What either map holds; where both do, what <paramref name="join"/> makes of it. This map itself if nothing is new.</summary>
    public SharedMap<T> Join(SharedMap<T> other, Func<T, T, T> join)
    {
        var (mine, theirs, levels) = (root, other.root, height);
        for (; levels < other.height; levels++)
        {
            mine = Raise(mine);
        }

        for (var i = other.height; i < levels; i++)
        {
            theirs = Raise(theirs);
        }

        var joined = Join(mine, theirs, levels, join);
        return ReferenceEquals(joined, mine) ? this : new SharedMap<T>(joined, levels);
    }

    /// <summary>All that is stored, by its number.</summary>
    public IEnumerable<(int Key, T Value)> Entries() => Entries(root, height, 0);

    /// <summary>Whether both maps hold the same.</summary>
    public bool IsSameAs(SharedMap<T> other, Func<T, T, bool> equals)
    {
        var (mine, theirs) = (root, other.root);
        for (var i = height; i < other.height; i++)
        {
            mine = Raise(mine);
        }

        for (var i = other.height; i < height; i++)
        {
            theirs = Raise(theirs);
        }

        return AreSame(mine, theirs, Math.Max(height, other.height), equals);
    }

    /// <summary>Whether it is the very same map.</summary>
    public bool IsSharedWith(SharedMap<T> other) => ReferenceEquals(root, other.root);

    private static IEnumerable<(int Key, T Value)> Entries(object?[]? node, int level, int prefix)
    {
        for (var i = 0; node is not null && i < Ways; i++)
        {
            var key = (prefix << Bits) | i;
            if (level == 0 ? node[i] is T : node[i] is not null)
            {
                foreach (var entry in level == 0 ? [(key, (T)node[i]!)] : Entries((object?[]?)node[i], level - 1, key))
                {
                    yield return entry;
                }
            }
        }
    }

    private static object?[]? Raise(object?[]? node)
    {
        if (node is null)
        {
            return null;
        }

        var raised = new object?[Ways];
        raised[0] = node;
        return raised;
    }

    private static object?[] With(object?[]? node, int level, int key, T? value)
    {
        var copy = node is null ? new object?[Ways] : (object?[])node.Clone();
        var at = (key >> (Bits * level)) & Mask;
        copy[at] = level == 0 ? value : With((object?[]?)copy[at], level - 1, key, value);
        return copy;
    }

    private static object?[]? Join(object?[]? mine, object?[]? theirs, int level, Func<T, T, T> join)
    {
        if (theirs is null || ReferenceEquals(mine, theirs))
        {
            return mine;
        }

        if (mine is null)
        {
            return theirs;
        }

        var result = mine;
        for (var i = 0; i < Ways; i++)
        {
            var (a, b) = (mine[i], theirs[i]);
            if (b is null || ReferenceEquals(a, b))
            {
                continue;
            }

            var joined = a is null ? b : level == 0 ? join((T)a, (T)b) : Join((object?[])a, (object?[])b, level - 1, join);
            if (!ReferenceEquals(joined, a))
            {
                result = ReferenceEquals(result, mine) ? (object?[])mine.Clone() : result;
                result[i] = joined;
            }
        }

        return result;
    }

    private static bool AreSame(object?[]? mine, object?[]? theirs, int level, Func<T, T, bool> equals)
    {
        if (ReferenceEquals(mine, theirs))
        {
            return true;
        }

        for (var i = 0; i < Ways; i++)
        {
            var (a, b) = (mine?[i], theirs?[i]);
            if (!ReferenceEquals(a, b) && !(level == 0 ? a is not null && b is not null && equals((T)a, (T)b) : AreSame((object?[]?)a, (object?[]?)b, level - 1, equals)))
            {
                return false;
            }
        }

        return true;
    }
}
