using System.Collections;

namespace Harvester.Testing.ApiServer.Storage;

/// <summary>
/// The objects of one resource at one revision, in key order: an immutable balanced tree. A changed copy shares all but
/// the path to the change with the tree it comes from; each node knows how many objects are below it, so that a page of
/// a list knows what remains without looking at it.
/// </summary>
internal sealed class ObjectTree : IReadOnlyCollection<StoredRevision>
{
    private readonly Node? _root;

    private ObjectTree(Node? root) => _root = root;

    public static ObjectTree Empty { get; } = new(null);

    public int Count => _root?.Count ?? 0;

    public bool IsEmpty => _root is null;

    /// <summary>The objects, in key order.</summary>
    public IEnumerable<StoredRevision> Values => this;

    /// <summary>The keys, in order.</summary>
    public IEnumerable<string> Keys => this.Select(revision => revision.Key);

    public StoredRevision? Find(string key)
    {
        var node = _root;
        while (node is not null)
        {
            var order = string.CompareOrdinal(key, node.Value.Key);
            if (order == 0)
            {
                return node.Value;
            }

            node = order < 0 ? node.Left : node.Right;
        }

        return null;
    }

    public ObjectTree With(StoredRevision value) => new(Put(_root, value));

    public ObjectTree Without(string key) => new(Remove(_root, key));

    /// <summary>The objects from a key on, in order.</summary>
    public IEnumerable<StoredRevision> From(string start)
    {
        var path = new Stack<Node>();
        var node = _root;
        while (node is not null)
        {
            if (string.CompareOrdinal(node.Value.Key, start) >= 0)
            {
                path.Push(node);
                node = node.Left;
            }
            else
            {
                node = node.Right;
            }
        }

        while (path.TryPop(out var next))
        {
            yield return next.Value;
            for (node = next.Right; node is not null; node = node.Left)
            {
                path.Push(node);
            }
        }
    }

    /// <summary>How many objects have a smaller key.</summary>
    public int CountBelow(string key)
    {
        var count = 0;
        var node = _root;
        while (node is not null)
        {
            if (string.CompareOrdinal(node.Value.Key, key) < 0)
            {
                count += 1 + (node.Left?.Count ?? 0);
                node = node.Right;
            }
            else
            {
                node = node.Left;
            }
        }

        return count;
    }

    public IEnumerator<StoredRevision> GetEnumerator() => From("").GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Node Put(Node? node, StoredRevision value)
    {
        if (node is null)
        {
            return new Node(value, null, null);
        }

        var order = string.CompareOrdinal(value.Key, node.Value.Key);
        return order switch
        {
            0 => new Node(value, node.Left, node.Right),
            < 0 => Balance(node.Value, Put(node.Left, value), node.Right),
            _ => Balance(node.Value, node.Left, Put(node.Right, value)),
        };
    }

    private static Node? Remove(Node? node, string key)
    {
        if (node is null)
        {
            return null;
        }

        var order = string.CompareOrdinal(key, node.Value.Key);
        if (order < 0)
        {
            return Balance(node.Value, Remove(node.Left, key), node.Right);
        }

        if (order > 0)
        {
            return Balance(node.Value, node.Left, Remove(node.Right, key));
        }

        if (node.Left is null || node.Right is null)
        {
            return node.Left ?? node.Right;
        }

        var next = node.Right;
        while (next.Left is not null)
        {
            next = next.Left;
        }

        return Balance(next.Value, node.Left, Remove(node.Right, next.Value.Key));
    }

    private static Node Balance(StoredRevision value, Node? left, Node? right)
    {
        var difference = Height(left) - Height(right);
        if (difference > 1)
        {
            return Height(left!.Left) >= Height(left.Right)
                ? new Node(left.Value, left.Left, new Node(value, left.Right, right))
                : new Node(
                    left.Right!.Value,
                    new Node(left.Value, left.Left, left.Right.Left),
                    new Node(value, left.Right.Right, right));
        }

        if (difference < -1)
        {
            return Height(right!.Right) >= Height(right.Left)
                ? new Node(right.Value, new Node(value, left, right.Left), right.Right)
                : new Node(
                    right.Left!.Value,
                    new Node(value, left, right.Left.Left),
                    new Node(right.Value, right.Left.Right, right.Right));
        }

        return new Node(value, left, right);
    }

    private static int Height(Node? node) => node?.Height ?? 0;

    private sealed class Node(StoredRevision value, Node? left, Node? right)
    {
        public StoredRevision Value { get; } = value;

        public Node? Left { get; } = left;

        public Node? Right { get; } = right;

        public int Height { get; } = 1 + Math.Max(ObjectTree.Height(left), ObjectTree.Height(right));

        public int Count { get; } = 1 + (left?.Count ?? 0) + (right?.Count ?? 0);
    }
}
