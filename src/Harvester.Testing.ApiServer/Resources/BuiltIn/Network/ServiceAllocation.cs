using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Resources.BuiltIn.Network;

/// <summary>
/// Gives a service addresses and node ports nobody else has. What is taken is read off the stored services, so nothing has
/// to be released and a fork allocates as the original would have.
/// </summary>
internal sealed class ServiceAllocation
{
    private const string Network = "10.96.";

    private const int Addresses = 65_534;

    private const int FirstPort = 30_000;

    private const int Ports = 2_768;

    private static readonly GroupResource Services = new("", "services");

    private readonly RequestContext _context;
    private readonly JsonObject _value;
    private readonly JsonObject _old;
    private readonly JsonObject.Builder _spec;
    private readonly string _key;
    private readonly FieldErrors _errors;
    private readonly List<Cause> _causes = [];

    public ServiceAllocation(RequestContext context, JsonObject value, JsonObject? old)
    {
        _context = context;
        _value = value;
        _old = old?.Find("spec") as JsonObject ?? JsonObject.Empty;
        _spec = new JsonObject.Builder(value.Find("spec") as JsonObject ?? JsonObject.Empty);
        _key = StoredRevision.KeyOf(context.Namespace, ObjectMetadata.Name(value));
        _errors = new FieldErrors(_causes);
    }

    /// <summary>The service with all it needs.</summary>
    /// <exception cref="ApiFailure">An address or a port it asks for cannot be had.</exception>
    public JsonObject Run()
    {
        var spec = _spec.Build();
        if (ServiceStrategy.NeedsAddress(spec))
        {
            SetFamilies(spec);
            AllocateAddress();
        }

        if (ServiceStrategy.NeedsNodePorts(spec) || HasNodePorts())
        {
            AllocatePorts(ServiceStrategy.NeedsNodePorts(spec));
        }

        if (ServiceStrategy.NeedsHealthCheckPort(spec))
        {
            AllocateHealthCheckPort();
        }

        return _causes.Count > 0
            ? throw ApiFailure.Invalid("", _context.Kind.Kind, ObjectMetadata.Name(_value), _causes)
            : _value.With("spec", _spec.Build());
    }

    private void SetFamilies(JsonObject spec)
    {
        var hasSelector = spec.Find("selector") is JsonObject { Count: > 0 };
        var families = spec.Find("ipFamilies") as JsonArray ?? JsonArray.Empty;
        var addresses = spec.Find("clusterIPs") as JsonArray ?? JsonArray.Empty;
        var policy = spec.Find("ipFamilyPolicy")?.AsString;
        if (ServiceStrategy.IsHeadless(spec) && !hasSelector)
        {
            // Whoever publishes the addresses knows their families: the server assumes the most.
            policy ??= families.Count == 1 ? "SingleStack" : "RequireDualStack";
            _spec["ipFamilyPolicy"] = policy;
            if (families.Count < 2)
            {
                var first = families.FirstOrDefault()?.AsString ?? "IPv4";
                _spec["ipFamilies"] = policy == "SingleStack"
                    ? JsonArray.Of(first)
                    : JsonArray.Of(first, first == "IPv4" ? "IPv6" : "IPv4");
            }

            return;
        }

        policy ??= families.Count > 1 || addresses.Count > 1 ? "RequireDualStack" : "SingleStack";
        _spec["ipFamilyPolicy"] = policy;
        if (policy == "RequireDualStack")
        {
            _errors.Invalid("spec.ipFamilyPolicy", policy, "this cluster is not configured for dual-stack services");
        }

        for (var i = 0; i < families.Count; i++)
        {
            if (families[i].AsString == "IPv6")
            {
                _errors.Invalid(FieldErrors.Item("spec.ipFamilies", i), families[i], "not configured on this cluster");
            }
        }

        if (families.Count == 0)
        {
            _spec["ipFamilies"] = JsonArray.Of("IPv4");
        }
    }

    private void AllocateAddress()
    {
        var asked = _spec["clusterIPs"] as JsonArray ?? JsonArray.Empty;
        var address = asked.FirstOrDefault()?.AsString;
        if (address == "None" || _causes.Count > 0)
        {
            return;
        }

        if (address is null)
        {
            address = _context.IsDryRun ? Network + "0.0" : FreeAddress();
            _spec["clusterIP"] = address;
            _spec["clusterIPs"] = JsonArray.Of(address);
            return;
        }

        if (address == (_old.Find("clusterIPs") as JsonArray)?.FirstOrDefault()?.AsString)
        {
            return;
        }

        if (!address.StartsWith(Network, StringComparison.Ordinal))
        {
            Refuse($"failed to allocate IP {address}: the provided network does not match the current range");
        }
        else if (TakenAddresses().Contains(address))
        {
            Refuse($"failed to allocate IP {address}: provided IP is already allocated");
        }

        void Refuse(string why) => _errors.Invalid("spec.clusterIPs", asked, why);
    }

    private string FreeAddress()
    {
        var taken = TakenAddresses();
        var start = Seed("address") % Addresses;
        for (var i = 0; i < Addresses; i++)
        {
            var number = ((start + i) % Addresses) + 1;
            var address = string.Create(CultureInfo.InvariantCulture, $"{Network}{number >> 8}.{number & 255}");
            if (!taken.Contains(address))
            {
                return address;
            }
        }

        throw ApiFailure.Internal("failed to allocate a serviceIP: range is full");
    }

    private HashSet<string> TakenAddresses() => Others()
        .SelectMany(spec => spec.Find("clusterIPs") as JsonArray ?? JsonArray.Empty)
        .Select(address => address.AsString ?? "")
        .Append(Network + "0.0")
        .ToHashSet();

    private bool HasNodePorts() =>
        _spec["type"]?.AsString == "LoadBalancer"
        && (_spec["ports"] as JsonArray ?? JsonArray.Empty).Any(port => port["nodePort"]?.AsInteger is > 0);

    private void AllocatePorts(bool all)
    {
        if (_spec["ports"] is not JsonArray ports)
        {
            return;
        }

        var mine = PortsOf(_old);
        var taken = TakenPorts();
        var own = new Dictionary<long, HashSet<string>>();
        var completed = new List<JsonValue>();
        for (var i = 0; i < ports.Count; i++)
        {
            var port = (JsonObject)ports[i];
            var protocol = port.Find("protocol")?.AsString ?? "TCP";
            var number = port.Find("nodePort")?.AsInteger ?? 0;
            if (number == 0 && all)
            {
                number = FreePort($"port/{i}", taken, own);
                port = port.With("nodePort", number);
            }
            else if (number != 0 && !mine.Contains(number))
            {
                var field = FieldErrors.Item("spec.ports", i) + ".nodePort";
                if (number is < FirstPort or >= FirstPort + Ports)
                {
                    _errors.Invalid(field, number, "provided port is not in the valid range. The range of valid ports is 30000-32767");
                }
                else if (taken.Contains(number) || (own.TryGetValue(number, out var protocols) && protocols.Contains(protocol)))
                {
                    _errors.Invalid(field, number, "provided port is already allocated");
                }
            }

            if (number != 0)
            {
                if (!own.TryGetValue(number, out var used))
                {
                    own[number] = used = [];
                }

                used.Add(protocol);
            }

            completed.Add(port);
        }

        _spec["ports"] = JsonArray.Of(completed);
    }

    private void AllocateHealthCheckPort()
    {
        var number = _spec["healthCheckNodePort"]?.AsInteger ?? 0;
        if (number == 0)
        {
            _spec["healthCheckNodePort"] = FreePort("health", TakenPorts(), []);
        }
        else if (number != _old.Find("healthCheckNodePort")?.AsInteger)
        {
            if (number is < FirstPort or >= FirstPort + Ports)
            {
                _errors.Invalid(
                    "spec.healthCheckNodePort",
                    number,
                    "provided port is not in the valid range. The range of valid ports is 30000-32767");
            }
            else if (TakenPorts().Contains(number))
            {
                _errors.Invalid("spec.healthCheckNodePort", number, "provided port is already allocated");
            }
        }
    }

    private long FreePort(string what, HashSet<long> taken, Dictionary<long, HashSet<string>> own)
    {
        var start = Seed(what) % Ports;
        for (var i = 0; i < Ports; i++)
        {
            var number = FirstPort + ((start + i) % Ports);
            if (!taken.Contains(number) && !own.ContainsKey(number))
            {
                return number;
            }
        }

        throw ApiFailure.Internal("failed to allocate a nodePort: range is full");
    }

    private HashSet<long> TakenPorts() => Others().SelectMany(PortsOf).ToHashSet();

    private static HashSet<long> PortsOf(JsonObject spec) => (spec.Find("ports") as JsonArray ?? JsonArray.Empty)
        .Select(port => port["nodePort"]?.AsInteger ?? 0)
        .Append(spec.Find("healthCheckNodePort")?.AsInteger ?? 0)
        .Where(number => number != 0)
        .ToHashSet();

    private IEnumerable<JsonObject> Others() => _context.Log.State.Of(Services)
        .Where(entry => entry.Key != _key)
        .Select(entry => entry.Object.Find("spec"))
        .OfType<JsonObject>();

    // The service's uid depends on the server's seed, so a run repeats with the same addresses.
    private int Seed(string what)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{ObjectMetadata.Uid(_value)}/{what}"));
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(hash) & int.MaxValue);
    }
}
