using System.Globalization;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <summary>Reads CEL's grammar by descent, with the errors and the recovery of cel-go's parser for what is commonly mistyped.</summary>
internal sealed partial class CelParser
{
    private const int DepthLimit = 250;
    private const int LengthLimit = 100_000;

    private const string Operand =
        "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private const string ListStart =
        "{'[', ']', '{', '(', '.', ',', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private const string MapStart =
        "{'[', '{', '}', '(', '.', ',', '-', '!', '?', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private const string ArgumentStart =
        "{'[', '{', '(', ')', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "package",
        "namespace", "null", "return", "true", "var", "void", "while",
    };

    private readonly CelSource _source;
    private readonly List<CelToken> _tokens;
    private int _next;
    private int _depth;

    private CelParser(CelSource source)
    {
        _source = source;
        _tokens = CelLexer.Read(source);
    }

    private CelToken Token => _tokens[_next];

    private CelToken Following => _tokens[Math.Min(_next + 1, _tokens.Count - 1)];

    /// <summary>Reads an expression; null when its errors, which stand in the source then, leave none.</summary>
    /// <param name="source">The expression.</param>
    public static CelNode? Parse(CelSource source)
    {
        if (source.Runes.Length > LengthLimit)
        {
            source.Report(0, $"expression code point size exceeds limit: size: {source.Runes.Length}, limit {LengthLimit}");
            return null;
        }

        var parser = new CelParser(source);
        try
        {
            var node = parser.Expression();
            if (parser.Token.Kind != CelTokenKind.End)
            {
                var token = parser.Token;
                var what = parser.Following.Kind == CelTokenKind.End ? "extraneous" : "mismatched";
                source.Report(token.At, $"Syntax error: {what} input {token.Shown} expecting <EOF>");
            }

            return source.HasErrors ? null : node;
        }
        catch (CelSyntaxException)
        {
            return null;
        }
    }

    private CelNode Expression()
    {
        CheckDepth(++_depth);
        var condition = Chain("||", "_||_", () => Chain("&&", "_&&_", Relation));
        if (Token.Is("?"))
        {
            var at = Take().At;
            var yes = Chain("||", "_||_", () => Chain("&&", "_&&_", Relation));
            Expect(":");
            condition = new CelCall(at, "_?_:_", null, [condition, yes, Expression()]);
        }

        _depth--;
        return condition;
    }

    // Chains that become as deep as they are long are limited, too.
    private void CheckDepth(int depth)
    {
        if (depth > DepthLimit)
        {
            _source.Report(0, $"expression recursion limit exceeded: {DepthLimit}");
            throw new CelSyntaxException();
        }
    }

    // Long chains become balanced trees, as they do in cel-go.
    private CelNode Chain(string symbol, string function, Func<CelNode> read)
    {
        var terms = new List<CelNode> { read() };
        var operators = new List<int>();
        while (Token.Is(symbol))
        {
            operators.Add(Take().At);
            terms.Add(read());
        }

        return Balance(function, terms, operators, 0, terms.Count - 1);
    }

    private static CelNode Balance(string function, List<CelNode> terms, List<int> operators, int low, int high)
    {
        if (low == high)
        {
            return terms[low];
        }

        var middle = (low + high) / 2;
        return new CelCall(
            operators[middle],
            function,
            null,
            [Balance(function, terms, operators, low, middle), Balance(function, terms, operators, middle + 1, high)]);
    }

    private CelNode Relation()
    {
        var left = Sum();
        for (var depth = 1; IsRelation(Token); depth++)
        {
            CheckDepth(depth);
            var token = Take();
            left = new CelCall(token.At, token.Text == "in" ? "@in" : $"_{token.Text}_", null, [left, Sum()]);
        }

        return left;
    }

    private static bool IsRelation(CelToken token) =>
        token.Kind == CelTokenKind.Symbol && token.Text is ("<" or "<=" or ">=" or ">" or "==" or "!=" or "in");

    private CelNode Sum()
    {
        var left = Product();
        for (var depth = 1; Token.Is("+") || Token.Is("-"); depth++)
        {
            CheckDepth(depth);
            var token = Take();
            left = new CelCall(token.At, $"_{token.Text}_", null, [left, Product()]);
        }

        return left;
    }

    private CelNode Product()
    {
        var left = Unary();
        for (var depth = 1; Token.Is("*") || Token.Is("/") || Token.Is("%"); depth++)
        {
            CheckDepth(depth);
            var token = Take();
            left = new CelCall(token.At, $"_{token.Text}_", null, [left, Unary()]);
        }

        return left;
    }

    private CelNode Unary()
    {
        var at = Token.At;
        var symbol = Token.Is("!") ? "!" : "-";
        if (!Token.Is(symbol) || (symbol == "-" && Following.Kind is (CelTokenKind.Int or CelTokenKind.Float)))
        {
            return Member();
        }

        var count = 0;
        while (Token.Is(symbol) && !(symbol == "-" && count > 0 && Following.Kind is (CelTokenKind.Int or CelTokenKind.Float)))
        {
            Take();
            count++;
        }

        var operand = Member();
        return count % 2 == 0 ? operand : new CelCall(at, symbol + "_", null, [operand]);
    }

    private CelNode Member()
    {
        var node = Primary();
        for (var depth = 1; ; depth++)
        {
            CheckDepth(depth);
            if (Token.Is("."))
            {
                node = Dotted(node);
            }
            else if (Token.Is("["))
            {
                var at = Take().At;
                var optional = Token.Is("?");
                if (optional)
                {
                    Take();
                }

                var index = Expression();
                Expect("]");
                node = new CelCall(at, optional ? "_[?_]" : "_[_]", null, [node, index]);
            }
            else
            {
                return node;
            }
        }
    }

    private CelNode Dotted(CelNode node)
    {
        var dot = Take();
        var optional = Token.Is("?");
        if (optional)
        {
            Take();
        }

        if (Token.Kind is not (CelTokenKind.Identifier or CelTokenKind.EscapedIdentifier))
        {
            Fail($"no viable alternative at input '.{(Token.Kind == CelTokenKind.End ? "" : Token.Text)}'");
        }

        var name = Take();
        var text = name.Kind == CelTokenKind.EscapedIdentifier ? name.Text[1..^1] : name.Text;
        if (!optional && name.Kind == CelTokenKind.Identifier && Token.Is("("))
        {
            var at = Take().At;
            return CelMacros.Expand(_source, new CelCall(at, text, node, Arguments()));
        }

        return optional
            ? new CelCall(dot.At, "_?._", null, [node, new CelLiteral(name.At, text)])
            : new CelSelect(dot.At, node, text);
    }

    private List<CelNode> Arguments()
    {
        var arguments = new List<CelNode>();
        if (Token.Is(")"))
        {
            Take();
            return arguments;
        }

        arguments.Add(Expression(ArgumentStart));
        while (Token.Is(","))
        {
            Take();
            arguments.Add(Expression());
        }

        Expect(")");
        return arguments;
    }

    private CelNode Expression(string expected)
    {
        Recover(expected);
        return Expression();
    }

    private CelToken Take()
    {
        var token = Token;
        if (token.Kind != CelTokenKind.End)
        {
            _next++;
        }

        return token;
    }

    // One token too many is reported and left out, when what follows fits.
    private void Recover(string expected)
    {
        if (StartsOperand(Token))
        {
            return;
        }

        if (Token.Kind != CelTokenKind.End && StartsOperand(Following))
        {
            _source.Report(Token.At, $"Syntax error: extraneous input {Token.Shown} expecting {expected}");
            Take();
            return;
        }

        Report($"mismatched input {Token.Shown} expecting {expected}");
        if (Token.Kind != CelTokenKind.End && Following.Kind == CelTokenKind.End)
        {
            Take();
            Report($"mismatched input {Token.Shown} expecting {expected}");
        }

        throw new CelSyntaxException();
    }

    private static bool StartsOperand(CelToken token) => token.Kind switch
    {
        CelTokenKind.End or CelTokenKind.EscapedIdentifier => false,
        CelTokenKind.Symbol => token.Text is "[" or "{" or "(" or "." or "-" or "!" or "true" or "false" or "null",
        _ => true,
    };

    private void Expect(string symbol)
    {
        if (Token.Is(symbol))
        {
            Take();
        }
        else if (Token.Kind != CelTokenKind.End && Following.Is(symbol))
        {
            Report($"extraneous input {Token.Shown} expecting {(symbol == ")" ? "')'" : $"'{symbol}'")}");
            Take();
            Take();
        }
        else if (Token.Kind == CelTokenKind.End)
        {
            Report($"missing '{symbol}' at '<EOF>'");
            throw new CelSyntaxException();
        }
        else
        {
            Fail($"mismatched input {Token.Shown} expecting '{symbol}'");
        }
    }

    private void ExpectEither(string close, string separator)
    {
        if (!Token.Is(separator))
        {
            Fail($"mismatched input {Token.Shown} expecting {{'{close}', '{separator}'}}");
        }

        Take();
    }

    private void Report(string message) => _source.Report(Token.At, "Syntax error: " + message);

    private void Fail(string message)
    {
        Report(message);
        throw new CelSyntaxException();
    }

    /// <summary>Reading stops; why stands in the source.</summary>
    private sealed class CelSyntaxException : Exception;
}
