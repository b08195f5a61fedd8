namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Which types fit which, and what type parameters stand for while an expression is checked.</summary>
internal sealed class CelUnifier
{
    private Dictionary<string, CelType> _bound = new(StringComparer.Ordinal);
    private int _fresh;

    /// <summary>A type parameter of its own.</summary>
    public CelType Fresh() => CelType.Parameter($"_var{_fresh++}");

    /// <summary>True when a value of one type can stand where another is wanted; remembers what that says about parameters.</summary>
    /// <param name="wanted">The type wanted.</param>
    /// <param name="given">The type of the value.</param>
    public bool Fits(CelType wanted, CelType given) => Try(() => Assign(wanted, given));

    /// <summary>True when values of some types can stand where others are wanted, all at once.</summary>
    /// <param name="given">The types of the values.</param>
    /// <param name="wanted">The types wanted.</param>
    public bool FitAll(IReadOnlyList<CelType> given, IReadOnlyList<CelType> wanted) => Try(() => AssignAll(given, wanted));

    /// <summary>A type with its parameters replaced by what they stand for.</summary>
    /// <param name="type">The type.</param>
    /// <param name="freeIsDyn">True to make parameters that stand for nothing dynamic.</param>
    public CelType Substitute(CelType type, bool freeIsDyn = false) => Substitute(type, _bound, freeIsDyn);

    /// <summary>A type with its parameters replaced.</summary>
    /// <param name="type">The type.</param>
    /// <param name="bound">What parameters stand for.</param>
    /// <param name="freeIsDyn">True to make parameters that stand for nothing dynamic.</param>
    public static CelType Substitute(CelType type, IReadOnlyDictionary<string, CelType> bound, bool freeIsDyn)
    {
        if (type.Kind == CelKind.Parameter)
        {
            return bound.TryGetValue(type.Name, out var found)
                ? Substitute(found, bound, freeIsDyn)
                : freeIsDyn ? CelType.Dyn : type;
        }

        return type.Parameters.Count == 0
            ? type
            : type.With([.. type.Parameters.Select(parameter => Substitute(parameter, bound, freeIsDyn))]);
    }

    /// <summary>The more general of two types that fit each other.</summary>
    public static CelType MostGeneral(CelType first, CelType second) => IsAtMostAsSpecific(first, second) ? first : second;

    private bool Try(Func<bool> assign)
    {
        var before = _bound;
        _bound = new Dictionary<string, CelType>(before, StringComparer.Ordinal);
        if (assign())
        {
            return true;
        }

        _bound = before;
        return false;
    }

    private bool AssignAll(IReadOnlyList<CelType> first, IReadOnlyList<CelType> second)
    {
        if (first.Count != second.Count)
        {
            return false;
        }

        for (var i = 0; i < first.Count; i++)
        {
            if (!Assign(first[i], second[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Assign(CelType first, CelType second)
    {
        if (second.Kind == CelKind.Parameter)
        {
            var (valid, isBound) = Bind(first, second);
            if (valid || isBound)
            {
                return valid;
            }
        }

        if (first.Kind == CelKind.Parameter)
        {
            return Bind(second, first).Valid;
        }

        if (first.IsDynOrError || second.IsDynOrError)
        {
            return true;
        }

        if (first.Kind == CelKind.Null || second.Kind == CelKind.Null)
        {
            var other = first.Kind == CelKind.Null ? second : first;
            return other.Kind is CelKind.Null or CelKind.Opaque or CelKind.Object or CelKind.Duration or CelKind.Timestamp;
        }

        return first.Kind == second.Kind && (first.Kind == CelKind.Type || (first.Name == second.Name && AssignAll(first.Parameters, second.Parameters)));
    }

    private (bool Valid, bool IsBound) Bind(CelType type, CelType parameter)
    {
        if (type.Equals(parameter))
        {
            return (true, true);
        }

        if (_bound.TryGetValue(parameter.Name, out var bound))
        {
            if (type.Equals(bound))
            {
                return (true, true);
            }

            if (!Assign(type, bound))
            {
                return (false, true);
            }

            var general = MostGeneral(type, bound);
            if (!IsIn(parameter, general))
            {
                _bound[parameter.Name] = general;
            }

            return (true, true);
        }

        if (IsIn(parameter, type))
        {
            return (false, false);
        }

        _bound[parameter.Name] = type;
        return (true, false);
    }

    private bool IsIn(CelType parameter, CelType type)
    {
        if (type.Equals(parameter))
        {
            return true;
        }

        return type.Kind == CelKind.Parameter
            ? _bound.TryGetValue(type.Name, out var bound) && IsIn(parameter, bound)
            : type.Parameters.Any(inner => IsIn(parameter, inner));
    }

    private static bool IsAtMostAsSpecific(CelType first, CelType second)
    {
        if (first.Kind is CelKind.Dyn or CelKind.Parameter)
        {
            return true;
        }

        if (second.Kind is CelKind.Dyn or CelKind.Parameter || first.Kind != second.Kind)
        {
            return false;
        }

        return first.Kind == CelKind.Type
            || (first.Name == second.Name
                && first.Parameters.Count == second.Parameters.Count
                && first.Parameters.Zip(second.Parameters).All(pair => IsAtMostAsSpecific(pair.First, pair.Second)));
    }
}
