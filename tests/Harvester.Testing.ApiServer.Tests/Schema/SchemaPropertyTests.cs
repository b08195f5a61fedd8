using System.Diagnostics;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Schema;
using Harvester.Testing.ApiServer.Schema.Cel;

namespace Harvester.Testing.ApiServer.Tests.Schema;

/// <summary>What holds for schemas, objects and expressions of all sorts, made from fixed seeds.</summary>
public sealed class SchemaPropertyTests
{
    private const int Rounds = 300;

    private static readonly string[] Names = ["a", "b", "c", "metadata", "kind"];

    [Fact]
    public void Pruning_and_defaulting_twice_is_doing_it_once()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var schema = StructuralSchema.Parse(RandomSchema(random, 4).With("type", "object"));
            var obj = RandomValue(random, 4) as JsonObject ?? JsonObject.Empty;

            var pruned = schema.Prune(obj, []);
            var completed = schema.ApplyDefaults(pruned);

            var unknown = new List<string>();
            Assert.True(ReferenceEquals(pruned, schema.Prune(pruned, unknown)), $"seed {seed}");
            Assert.Empty(unknown);
            Assert.True(ReferenceEquals(completed, schema.ApplyDefaults(completed)), $"seed {seed}");
        }
    }

    [Fact]
    public void What_is_unchanged_is_tolerated()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var schema = StructuralSchema.Parse(RandomSchema(random, 4).With("type", "object"));
            var obj = schema.ApplyDefaults(schema.Prune(RandomValue(random, 4) as JsonObject ?? JsonObject.Empty, []));
            var errors = new List<FieldError>();

            schema.Validate(obj, obj, errors);

            Assert.True(errors.Count == 0, $"seed {seed}: {string.Join("; ", errors)}");
        }
    }

    [Theory]
    [InlineData("self.a == 1 && [1, 2].all(x, x > 0) ? 'a'.matches('^b*') : has(self.b)")]
    [InlineData("(([{'a': -1.5e3}]))[0].?b.orValue(b'\\xff') != r\"\\d\" // x")]
    public void A_damaged_expression_is_reported_and_nothing_worse(string expression)
    {
        var clock = Stopwatch.StartNew();
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var damaged = new StringBuilder(expression);
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(damaged.Length);
                if (random.Next(2) == 0)
                {
                    damaged.Remove(at, 1);
                }
                else
                {
                    damaged.Insert(at, "()[]{}.,?:!'\"\\0x1eu&|=<>+-*/%_a\n\u00e9"[random.Next(33)]);
                }
            }

            var source = new CelSource(damaged.ToString());
            var node = CelParser.Parse(source);
            if (node is not null)
            {
                CelChecker.Check(source, node, new Dictionary<string, CelType> { ["self"] = CelType.Dyn });
            }

            Assert.True(node is not null || source.ErrorText().StartsWith("ERROR: <input>:", StringComparison.Ordinal), $"seed {seed}");
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^([a-zA-Z0-9]|[a-z]{2,5})*\\.?[^b]{3}$")]
    [InlineData("(x+x+)+y")]
    [InlineData("\\p{Greek}+|[[:alpha:]-]{1,50}(?i:z)")]
    public void A_pattern_takes_linear_time(string pattern)
    {
        var schema = StructuralSchema.Parse(JsonObject.Of(
            ("type", "object"),
            ("properties", JsonObject.Of(("a", JsonObject.Of(("type", "string"), ("pattern", pattern)))))));
        var clock = Stopwatch.StartNew();

        schema.Validate(JsonObject.Of(("a", new string('a', 200_000) + "!")), null, []);
        schema.Validate(JsonObject.Of(("a", new string('x', 200_000))), null, []);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), clock.Elapsed.ToString());
    }

    [Fact]
    public void A_damaged_pattern_is_refused_in_words_of_its_own()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var pattern = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => "()[]{}*+?|^$\\.-,:dpQEx1z9<>P!=i"[random.Next(31)]));
            var error = GoRegexSyntax.ErrorOf(pattern);

            Assert.True(error is null || error.StartsWith("error parsing regexp: ", StringComparison.Ordinal), $"seed {seed}: {error}");
        }
    }

    private static JsonObject RandomSchema(Random random, int depth)
    {
        var schema = new JsonObject.Builder();
        switch (depth == 0 ? random.Next(3) : random.Next(6))
        {
            case 0:
                schema["type"] = "string";
                schema["default"] = random.Next(3) == 0 ? new JsonString("x") : null;
                break;
            case 1:
                schema["type"] = "integer";
                schema["maximum"] = random.Next(5);
                break;
            case 2:
                schema["x-kubernetes-preserve-unknown-fields"] = true;
                break;
            case 3:
                schema["type"] = "array";
                schema["items"] = RandomSchema(random, depth - 1);
                schema["maxItems"] = random.Next(4);
                break;
            case 4:
                schema["type"] = "object";
                schema["additionalProperties"] = RandomSchema(random, depth - 1);
                break;
            default:
                schema["type"] = "object";
                schema["nullable"] = random.Next(2) == 0;
                schema["properties"] = JsonObject.Of(
                    Names.Where(_ => random.Next(2) == 0).Select(name => (name, (JsonValue?)RandomSchema(random, depth - 1))));
                schema["required"] = JsonArray.Of("a");
                break;
        }

        return schema.Build();
    }

    private static JsonValue RandomValue(Random random, int depth) => (depth == 0 ? random.Next(4) : random.Next(4, 9)) switch
    {
        0 => "text",
        1 => random.Next(10),
        2 => new JsonFloat(random.NextDouble()),
        3 => JsonValue.Null,
        4 => JsonArray.Of(Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, random.Next(depth)))),
        _ => JsonObject.Of(Names.Where(_ => random.Next(3) > 0).Select(name => (name, (JsonValue?)RandomValue(random, random.Next(depth))))),
    };
}
