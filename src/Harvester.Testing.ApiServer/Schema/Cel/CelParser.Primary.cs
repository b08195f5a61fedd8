using System.Globalization;

namespace Harvester.Testing.ApiServer.Schema.Cel;

/// <content>Names, literals, lists, maps and messages: what stands alone in an expression.</content>
internal sealed partial class CelParser
{
    private CelNode Primary()
    {
        Recover(Operand);
        var token = Token;
        if (token.Kind == CelTokenKind.Symbol)
        {
            switch (token.Text)
            {
                case "(":
                    Take();
                    var inner = Expression();
                    Expect(")");
                    return inner;
                case "[":
                    return List();
                case "{":
                    return Map();
                case "-":
                    Take();
                    return Number(Take(), token.At, "-");
                case "true" or "false":
                    return new CelLiteral(Take().At, token.Text == "true");
                case "null":
                    return new CelLiteral(Take().At, CelNull.Instance);
                case ".":
                    Take();
                    break;
            }
        }

        token = Token;
        switch (token.Kind)
        {
            case CelTokenKind.Identifier:
                return Name(token);
            case CelTokenKind.Int or CelTokenKind.Uint or CelTokenKind.Float:
                return Number(Take(), token.At, "");
            case CelTokenKind.String or CelTokenKind.Bytes:
                Take();
                return Text(token);
            default:
                Fail($"no viable alternative at input '.{(token.Kind == CelTokenKind.End ? "" : token.Text)}'");
                return new CelLiteral(token.At, CelNull.Instance);
        }
    }

    private CelNode Name(CelToken token)
    {
        Take();
        if (Reserved.Contains(token.Text))
        {
            _source.Report(token.At, "reserved identifier: " + token.Text);
        }

        if (Token.Is("("))
        {
            var at = Take().At;
            return CelMacros.Expand(_source, new CelCall(at, token.Text, null, Arguments()));
        }

        return IsMessage() ? Message(token) : new CelIdent(token.At, token.Text);
    }

    // A name, perhaps with dots, before a brace makes an object.
    private bool IsMessage()
    {
        var at = _next;
        while (_tokens[at].Is(".") && at + 2 < _tokens.Count && _tokens[at + 1].Kind == CelTokenKind.Identifier)
        {
            at += 2;
        }

        return _tokens[at].Is("{");
    }

    private CelNode Message(CelToken first)
    {
        var name = first.Text;
        while (Token.Is("."))
        {
            Take();
            name += "." + Take().Text;
        }

        var at = Token.At;
        Take();
        var values = new List<CelNode>();
        while (!Token.Is("}"))
        {
            if (Token.Is("?"))
            {
                Take();
            }

            if (Token.Kind is not (CelTokenKind.Identifier or CelTokenKind.EscapedIdentifier))
            {
                Fail($"mismatched input {Token.Shown} expecting {{'}}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}}");
            }

            Take();
            Expect(":");
            values.Add(Expression());
            if (!Token.Is("}"))
            {
                Expect(",");
            }
        }

        Take();
        return new CelStructNode(at, name, values);
    }

    private CelNode List()
    {
        var at = Take().At;
        var items = new List<CelNode>();
        var optional = new List<bool>();
        while (!Token.Is("]"))
        {
            if (Token.Is(",") && Following.Is("]") && items.Count == 0)
            {
                Take();
                break;
            }

            optional.Add(Token.Is("?"));
            if (optional[^1])
            {
                Take();
            }

            items.Add(Expression(items.Count == 0 ? ListStart : Operand));
            if (!Token.Is("]"))
            {
                ExpectEither("]", ",");
            }
        }

        Take();
        return new CelListNode(at, items, optional);
    }

    private CelNode Map()
    {
        var at = Take().At;
        var entries = new List<(CelNode, CelNode, bool)>();
        while (!Token.Is("}"))
        {
            if (Token.Is(",") && Following.Is("}") && entries.Count == 0)
            {
                Take();
                break;
            }

            var optional = Token.Is("?");
            if (optional)
            {
                Take();
            }

            var key = Expression(entries.Count == 0 ? MapStart : Operand);
            if (!Token.Is(":"))
            {
                Fail($"mismatched input {Token.Shown} expecting ':'");
            }

            Take();
            entries.Add((key, Expression(), optional));
            if (!Token.Is("}"))
            {
                ExpectEither("}", ",");
            }
        }

        Take();
        return new CelMapNode(at, entries);
    }

    private CelLiteral Number(CelToken token, int at, string sign)
    {
        var text = sign + token.Text;
        switch (token.Kind)
        {
            case CelTokenKind.Int:
                if (ReadInt(text) is { } integer)
                {
                    return new CelLiteral(at, integer);
                }

                _source.Report(at, "invalid int literal");
                break;
            case CelTokenKind.Uint:
                var digits = token.Text[..^1];
                var isHex = digits.StartsWith("0x", StringComparison.Ordinal);
                if (ulong.TryParse(
                    isHex ? digits[2..] : digits, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var natural))
                {
                    return new CelLiteral(at, natural);
                }

                _source.Report(at, "invalid uint literal");
                break;
            default:
                var number = double.Parse(text, CultureInfo.InvariantCulture);
                if (double.IsFinite(number))
                {
                    return new CelLiteral(at, number);
                }

                _source.Report(at, "invalid double literal");
                break;
        }

        return new CelLiteral(at, 0L);
    }

    private static long? ReadInt(string text)
    {
        if (!text.Contains("0x", StringComparison.Ordinal))
        {
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        var negative = text[0] == '-';
        if (!ulong.TryParse(text[(negative ? 3 : 2)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size)
            || size > (ulong)long.MaxValue + (negative ? 1UL : 0UL))
        {
            return null;
        }

        return negative ? unchecked(-(long)size) : (long)size;
    }

    private CelLiteral Text(CelToken token)
    {
        if (CelText.Unquote(token.Text) is { } value)
        {
            return new CelLiteral(token.At, value);
        }

        _source.Report(token.At, $"invalid {(token.Kind == CelTokenKind.Bytes ? "bytes" : "string")} literal: invalid escape sequence");
        return new CelLiteral(token.At, "");
    }
}
