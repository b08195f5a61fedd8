namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Reads CEL text by recursive descent, one method for each level of precedence.</summary>
internal sealed class CelParser
{
    private const int MaxNesting = 250;

    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">=", "in"], ["+", "-"], ["*", "/", "%"]];

    private readonly List<CelToken> _tokens;
    private int _at;
    private int _nesting;

    private CelParser(List<CelToken> tokens) => _tokens = tokens;

    private CelToken Current => _tokens[_at];

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <exception cref="CelSyntaxException">It is no CEL.</exception>
    /// <exception cref="CelNotSupportedException">It uses what is not evaluated here.</exception>
    public static CelExpression Parse(string text)
    {
        var parser = new CelParser(CelTokens.Read(text));
        var expression = parser.Expression();
        return parser.Current.Kind == CelTokenKind.End ? expression : throw parser.Unexpected();
    }

    private CelExpression Expression()
    {
        Deeper();
        var condition = Binary(0);
        if (Takes("?"))
        {
            var then = Binary(0);
            Expect(":");
            condition = new CelExpression.Choice(condition, then, Expression());
        }

        _nesting--;
        return condition;
    }

    private void Deeper()
    {
        if (++_nesting > MaxNesting)
        {
            throw new CelSyntaxException("Syntax error: expression recursion limit exceeded");
        }
    }

    private CelExpression Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Binary(level + 1);
        while (Current.Kind == CelTokenKind.Symbol && Levels[level].Contains(Current.Text))
        {
            var symbol = Current.Text;
            _at++;
            left = new CelExpression.Operator(symbol, left, Binary(level + 1));
        }

        return left;
    }

    private CelExpression Unary()
    {
        foreach (var symbol in (string[])["!", "-"])
        {
            if (Takes(symbol))
            {
                Deeper();
                var operand = Unary();
                _nesting--;
                return new CelExpression.Operator(symbol, operand, null);
            }
        }

        return Member();
    }

    private CelExpression Member()
    {
        var target = Primary();
        while (true)
        {
            if (Takes("."))
            {
                if (Takes("?"))
                {
                    throw new CelNotSupportedException("optional field selection");
                }

                var name = Name();
                target = Takes("(") ? Method(target, name) : new CelExpression.Select(target, Unescape(name));
            }
            else if (Takes("["))
            {
                if (Takes("?"))
                {
                    throw new CelNotSupportedException("optional indexing");
                }

                var index = Expression();
                Expect("]");
                target = new CelExpression.Index(target, index);
            }
            else
            {
                return target;
            }
        }
    }

    private CelExpression Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case CelTokenKind.Literal:
                _at++;
                return new CelExpression.Literal(token.Value);
            case CelTokenKind.Name:
                _at++;
                return Takes("(") ? Function(token.Text) : new CelExpression.Name(token.Text);
        }

        if (Takes("("))
        {
            var inner = Expression();
            Expect(")");
            return inner;
        }

        if (Takes("["))
        {
            return new CelExpression.ListOf(Sequence("]"));
        }

        if (!Takes("{"))
        {
            throw Unexpected();
        }

        var entries = new List<(CelExpression, CelExpression)>();
        while (!Takes("}"))
        {
            var key = Expression();
            Expect(":");
            entries.Add((key, Expression()));
            if (!Takes(","))
            {
                Expect("}");
                break;
            }
        }

        return new CelExpression.MapOf(entries);
    }

    private CelExpression Function(string name)
    {
        var arguments = Sequence(")");
        if (name == "has")
        {
            return arguments is [CelExpression.Select select]
                ? new CelExpression.Has(select.Target, select.Member)
                : throw new CelSyntaxException("invalid argument to has() macro");
        }

        return CelFunctions.Knows(null, name, arguments.Count)
            ? new CelExpression.Call(null, name, arguments)
            : throw new CelNotSupportedException($"the function {name}");
    }

    private CelExpression Method(CelExpression target, string name)
    {
        var arguments = Sequence(")");
        if (name is "all" or "exists" or "exists_one" or "existsOne" or "map" or "filter"
            && arguments.Count >= 2
            && arguments[0] is CelExpression.Name variable)
        {
            if (arguments.Count == 2)
            {
                return new CelExpression.Over(name, target, variable.Text, null, arguments[1]);
            }

            return name == "map" && arguments.Count == 3
                ? new CelExpression.Over(name, target, variable.Text, arguments[1], arguments[2])
                : throw new CelNotSupportedException($"the macro {name} with {arguments.Count} arguments");
        }

        // optional.of(x) and optional.none() are functions with a dot in their name.
        if (target is CelExpression.Name { Text: "optional" } && name is "of" or "none")
        {
            return new CelExpression.Call(null, "optional." + name, arguments);
        }

        return CelFunctions.Knows(target, name, arguments.Count)
            ? new CelExpression.Call(target, name, arguments)
            : throw new CelNotSupportedException($"the method {name}");
    }

    private List<CelExpression> Sequence(string end)
    {
        var items = new List<CelExpression>();
        while (!Takes(end))
        {
            items.Add(Expression());
            if (!Takes(","))
            {
                Expect(end);
                break;
            }
        }

        return items;
    }

    // Names of members that CEL could not read are written with underscores around what is special in them.
    private static string Unescape(string name)
    {
        var result = name.Replace("__dot__", ".").Replace("__dash__", "-").Replace("__slash__", "/");
        result = result.Length > 4 && result.StartsWith("__", StringComparison.Ordinal) && result.EndsWith("__", StringComparison.Ordinal)
            && result[2..^2].All(char.IsAsciiLetter)
            ? result[2..^2]
            : result;
        return result.Replace("__underscores__", "__");
    }

    private string Name()
    {
        if (Current.Kind != CelTokenKind.Name && Current.Text != "in")
        {
            throw Unexpected();
        }

        return _tokens[_at++].Text;
    }

    private bool Takes(string symbol)
    {
        if (Current.Kind != CelTokenKind.Symbol || Current.Text != symbol)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Takes(symbol))
        {
            throw Unexpected();
        }
    }

    private CelSyntaxException Unexpected() => new(
        Current.Kind == CelTokenKind.End
            ? "Syntax error: mismatched input '<EOF>'"
            : $"Syntax error: extraneous input '{Current.Text}' at {Current.At}");
}
