using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Storage;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Access;

/// <summary>
/// Signs tokens for service accounts and reads them again. Nothing is stored: a token says whose it is, and counts as long
/// as that account, and the object it is bound to, exist with the uids it names.
/// </summary>
internal sealed class ServiceAccountTokens(ServerCore server)
{
    public const string DefaultAudience = "https://kubernetes.default.svc";

    public static readonly GroupResource Accounts = new("", "serviceaccounts");

    private static readonly ResourceKind Requests = new()
    {
        Group = "authentication.k8s.io",
        Version = "v1",
        Plural = "tokenrequests",
        Kind = "TokenRequest",
        Namespaced = true,
        HasStatus = false,
        IsStored = false,
        Model = typeof(Authenticationv1TokenRequest),
    };

    private const string Issuer = "https://kubernetes.default.svc";
    private const int ShortestSeconds = 600;
    private const long LongestSeconds = 1L << 32;
    private const int DefaultSeconds = 3600;

    // One key for the process: forks and restarted servers go on knowing each other's tokens, and no key is ever made for nothing.
    private static readonly Lazy<ECDsa> Key = new(() => ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private int _issued;

    /// <summary>The public key as clients fetch it.</summary>
    public static JsonObject KeySet()
    {
        var point = Key.Value.ExportParameters(includePrivateParameters: false).Q;
        return JsonObject.Of(("keys", JsonArray.Of(JsonObject.Of(
            ("use", "sig"),
            ("kty", "EC"),
            ("kid", KeyId()),
            ("crv", "P-256"),
            ("alg", "ES256"),
            ("x", Base64Url.EncodeToString(point.X)),
            ("y", Base64Url.EncodeToString(point.Y))))));
    }

    /// <summary>Where clients find out about the issuer.</summary>
    public static JsonObject Configuration() => JsonObject.Of(
        ("issuer", Issuer),
        ("jwks_uri", Issuer + "/openid/v1/jwks"),
        ("response_types_supported", JsonArray.Of("id_token")),
        ("subject_types_supported", JsonArray.Of("public")),
        ("id_token_signing_alg_values_supported", JsonArray.Of("ES256")));

    /// <summary>POST serviceaccounts/NAME/token (B-26).</summary>
    public JsonObject Issue(RequestContext context)
    {
        var asking = new RequestContext
        {
            Server = context.Server,
            Request = context.Request,
            Kind = Requests,
            Namespace = context.Namespace,
            Name = context.Name,
            Subresource = context.Subresource,
        };
        asking.ReadWriteOptions("CreateOptions");
        var value = ObjectDecoding.Read(asking);
        context.Warnings.AddRange(asking.Warnings);
        var account = context.RequireLive();
        var seconds = value.At("spec", "expirationSeconds")?.AsInteger ?? DefaultSeconds;
        var causes = new List<Cause>();
        if (seconds < ShortestSeconds)
        {
            causes.Add(new Cause(
                "FieldValueInvalid",
                string.Create(CultureInfo.InvariantCulture, $"Invalid value: {seconds}: may not specify a duration less than 10 minutes"),
                "spec.expirationSeconds"));
        }
        else if (seconds > LongestSeconds)
        {
            causes.Add(new Cause(
                "FieldValueInvalid",
                string.Create(CultureInfo.InvariantCulture, $"Invalid value: {seconds}: may not specify a duration larger than 2^32 seconds"),
                "spec.expirationSeconds"));
        }

        if (causes.Count > 0)
        {
            throw ApiFailure.Invalid("authentication.k8s.io", "TokenRequest", "", causes);
        }

        var audiences = value.At("spec", "audiences") is JsonArray { Count: > 0 } asked ? asked : JsonArray.Of(DefaultAudience);
        var bound = Bound(context, value.At("spec", "boundObjectRef"));
        var now = server.Now.ToUnixTimeSeconds();
        var claims = JsonObject.Of(
            ("aud", audiences),
            ("exp", now + seconds),
            ("iat", now),
            ("nbf", now),
            ("iss", Issuer),
            ("jti", server.NewUid(Accounts, context.Namespace, $"{account.Name}/token/{Interlocked.Increment(ref _issued)}")),
            ("sub", $"system:serviceaccount:{context.Namespace}:{account.Name}"),
            ("kubernetes.io", JsonObject.Of(
                ("namespace", context.Namespace),
                ("serviceaccount", JsonObject.Of(("name", account.Name), ("uid", ObjectMetadata.Uid(account.Object)))))));
        if (bound is { } reference)
        {
            claims = claims.WithAt(["kubernetes.io", reference.Member], JsonObject.Of(("name", reference.Name), ("uid", reference.Uid)));
        }

        value = value.With("spec", (value.Find("spec") as JsonObject ?? JsonObject.Empty)
                .With("audiences", audiences)
                .With("expirationSeconds", seconds)
                .With("boundObjectRef", value.At("spec", "boundObjectRef") ?? JsonValue.Null))
            .With("metadata", JsonObject.Of(
                ("name", account.Name),
                ("namespace", context.Namespace),
                ("uid", ObjectMetadata.Uid(account.Object)),
                ("creationTimestamp", account.Object.At("metadata", "creationTimestamp"))));
        return FieldTracking.Created(asking, value).With("status", JsonObject.Of(
                ("token", Sign(claims)),
                ("expirationTimestamp", ObjectMetadata.Timestamp(DateTimeOffset.FromUnixTimeSeconds(now + seconds)))));
    }

    /// <summary>The account a token belongs to, or null when the token does not count (any more) for an audience.</summary>
    public UserInfo? Authenticate(string token, string audience)
    {
        if (Claims(token) is not { } claims
            || claims.Find("iss")?.AsString != Issuer
            || claims.Find("exp")?.AsInteger is not { } end
            || end <= server.Now.ToUnixTimeSeconds()
            || claims.Find("aud") is not JsonArray audiences
            || !audiences.Any(one => one.AsString == audience))
        {
            return null;
        }

        var own = claims.Find("kubernetes.io");
        var ns = own?["namespace"]?.AsString ?? "";
        var name = own?["serviceaccount"]?["name"]?.AsString ?? "";
        var uid = own?["serviceaccount"]?["uid"]?.AsString ?? "";
        if (!Exists(Accounts, ns, name, uid))
        {
            return null;
        }

        var extra = new Dictionary<string, IReadOnlyList<string>>
        {
            ["authentication.kubernetes.io/credential-id"] = ["JTI=" + claims.Find("jti")?.AsString],
        };
        foreach (var (member, resource) in Bindable)
        {
            if (own?[member] is not { } reference)
            {
                continue;
            }

            var boundName = reference["name"]?.AsString ?? "";
            var boundUid = reference["uid"]?.AsString ?? "";
            if (!Exists(resource, member == "node" ? "" : ns, boundName, boundUid))
            {
                return null;
            }

            if (member != "secret")
            {
                extra[$"authentication.kubernetes.io/{member}-name"] = [boundName];
                extra[$"authentication.kubernetes.io/{member}-uid"] = [boundUid];
            }
        }

        return UserInfo.Of($"system:serviceaccount:{ns}:{name}", [], uid, extra);
    }

    private static readonly (string Member, GroupResource Resource)[] Bindable =
        [("pod", new("", "pods")), ("secret", new("", "secrets")), ("node", new("", "nodes"))];

    private static string KeyId() => Base64Url.EncodeToString(SHA256.HashData(Key.Value.ExportSubjectPublicKeyInfo()));

    private static string Sign(JsonObject claims)
    {
        var header = JsonObject.Of(("alg", "ES256"), ("kid", KeyId()));
        var text = $"{Base64Url.EncodeToString(JsonText.WriteUtf8(header))}.{Base64Url.EncodeToString(JsonText.WriteUtf8(claims))}";
        return $"{text}.{Base64Url.EncodeToString(Key.Value.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    private static JsonObject? Claims(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Key.IsValueCreated || token.Length > 16 * 1024)
        {
            return null;
        }

        try
        {
            var text = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
            return Key.Value.VerifyData(text, Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256)
                ? JsonText.Read(Base64Url.DecodeFromChars(parts[1])) as JsonObject
                : null;
        }
        catch (Exception noise) when (noise is FormatException or JsonException or CryptographicException)
        {
            return null;
        }
    }

    private bool Exists(GroupResource resource, string ns, string name, string uid) =>
        server.Log.State.Find(resource, ns, name) is { } stored && ObjectMetadata.Uid(stored.Object) == uid;

    private (string Member, string Name, string Uid)? Bound(RequestContext context, JsonValue? reference)
    {
        if (reference is not JsonObject)
        {
            return null;
        }

        var kind = reference["kind"]?.AsString ?? "";
        var name = reference["name"]?.AsString ?? "";
        var apiVersion = reference["apiVersion"]?.AsString ?? "";
        var (member, resource) = Array.Find(Bindable, one => apiVersion == "v1" && one.Member == kind.ToLowerInvariant());
        if (member is null || kind != char.ToUpperInvariant(member[0]) + member[1..])
        {
            throw ApiFailure.BadRequest($"cannot bind token to object of type {apiVersion}, Kind={kind}");
        }

        var stored = server.Log.State.Find(resource, member == "node" ? "" : context.Namespace, name)
            ?? throw ApiFailure.NotFound(resource, name);
        var uid = ObjectMetadata.Uid(stored.Object);
        var account = stored.Object.At("spec", "serviceAccountName")?.AsString ?? "";
        if (member == "pod" && account != context.Name)
        {
            throw ApiFailure.BadRequest(
                $"cannot bind token for serviceaccount \"{context.Name}\" to pod running with serviceaccount \"{account}\"");
        }

        var asked = reference["uid"]?.AsString ?? "";
        return asked.Length == 0 || asked == uid
            ? (member, name, uid)
            : throw ApiFailure.Conflict(
                new GroupResource("", kind),
                name,
                $"the UID in the bound object reference ({asked}) does not match the UID in record. The object might have been deleted and then recreated");
    }
}
