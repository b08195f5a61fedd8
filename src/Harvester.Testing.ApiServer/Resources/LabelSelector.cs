using System.Globalization;
using Harvester.Testing.ApiServer.Json;

namespace Harvester.Testing.ApiServer.Resources;

/// <summary>The label selector language: <c>a=b, c!=d, e in (f,g), h notin (i), j, !k, l&gt;1, m&lt;2</c>.</summary>
internal sealed class LabelSelector
{
    private readonly string _text;
    private int _at;

    private LabelSelector(string text) => _text = text;

    /// <summary>Adds the selector's terms.</summary>
    /// <exception cref="ApiFailure">400: the text is no selector.</exception>
    public static void Parse(string text, List<Func<JsonObject, bool>> terms)
    {
        var parser = new LabelSelector(text);
        parser.Skip();
        while (!parser.AtEnd)
        {
            terms.Add(parser.Term());
            parser.Skip();
            if (parser.AtEnd)
            {
                return;
            }

            parser.Expect(',');
            parser.Skip();
            if (parser.AtEnd)
            {
                throw parser.Failure("found '', expected: identifier after ','");
            }
        }
    }

    private bool AtEnd => _at >= _text.Length;

    private Func<JsonObject, bool> Term()
    {
        if (Take('!'))
        {
            Skip();
            var absent = Key();
            return value => Label(value, absent) is null;
        }

        var key = Key();
        Skip();
        if (AtEnd || _text[_at] == ',')
        {
            return value => Label(value, key) is not null;
        }

        if (Take('!'))
        {
            Expect('=');
            var other = Value();
            return value => Label(value, key) != other;
        }

        if (Take('='))
        {
            Take('=');
            var equal = Value();
            return value => Label(value, key) == equal;
        }

        if (_text[_at] is '>' or '<')
        {
            var greater = _text[_at++] == '>';
            var bound = Value();
            if (!long.TryParse(bound, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit))
            {
                throw Failure($"values[0][{key}]: Invalid value: \"{bound}\": for 'Gt', 'Lt' operators, the value must be an integer");
            }

            return value => long.TryParse(Label(value, key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                            && (greater ? number > limit : number < limit);
        }

        var word = Word();
        if (word is not ("in" or "notin"))
        {
            throw Failure($"found '{word}', expected: in, notin, =, ==, !=, gt, lt");
        }

        var values = Values();
        return word == "in"
            ? value => Label(value, key) is { } label && values.Contains(label)
            : value => Label(value, key) is not { } label || !values.Contains(label);
    }

    private HashSet<string> Values()
    {
        Skip();
        Expect('(');
        var values = new HashSet<string>();
        while (true)
        {
            values.Add(Value());
            Skip();
            if (Take(')'))
            {
                return values;
            }

            Expect(',');
        }
    }

    private string Key()
    {
        var key = Word();
        return ObjectMetadataRules.QualifiedNameError(key) is { } bad
            ? throw Failure(key.Length == 0 ? "found '', expected: !, identifier, or 'end of string'" : $"key: Invalid value: \"{key}\": {bad}")
            : key;
    }

    private string Value()
    {
        Skip();
        var value = Word();
        return ObjectMetadataRules.LabelValueError(value) is { } bad
            ? throw Failure($"values[0]: Invalid value: \"{value}\": {bad}")
            : value;
    }

    private string Word()
    {
        var start = _at;
        while (!AtEnd && _text[_at] is not (' ' or '\t' or ',' or '(' or ')' or '=' or '!' or '<' or '>'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private void Skip()
    {
        while (!AtEnd && (_text[_at] is ' ' or '\t'))
        {
            _at++;
        }
    }

    private bool Take(char wanted)
    {
        if (AtEnd || _text[_at] != wanted)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Take(wanted))
        {
            throw Failure($"found '{(AtEnd ? "" : _text[_at].ToString())}', expected: '{wanted}'");
        }
    }

    private ApiFailure Failure(string why) => ApiFailure.BadRequest($"unable to parse requirement: {why}");

    private static string? Label(JsonObject value, string key) => value.At("metadata", "labels", key)?.AsString;
}
