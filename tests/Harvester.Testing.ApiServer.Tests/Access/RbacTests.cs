using System.Net;
using System.Text;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Tests.Http;
using Harvester.Testing.ApiServer.Tests.Statements;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Harvester.Testing.ApiServer.Tests.Access;

public class RbacTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_rbac_everybody_may_do_everything()
    {
        await using var server = await KubernetesApiServer.StartAsync(cancellationToken: Cancel);
        using var client = server.CreateClient(asUser: "nobody");
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), "default", cancellationToken: Cancel);
        Assert.Equal("nobody", server.Requests.Single().User);
    }

    [Fact]
    [Statement("B-29")]
    public async Task A_user_without_a_role_is_refused_and_the_refusal_is_logged()
    {
        await using var server = await StartAsync();
        using var client = server.CreateClient(asUser: "jane");
        var failure = await Assert.ThrowsAsync<HttpOperationException>(
            () => client.CoreV1.ReadNamespacedConfigMapAsync("a", "default", cancellationToken: Cancel));

        Assert.Equal(HttpStatusCode.Forbidden, failure.Response.StatusCode);
        Assert.Contains(
            "configmaps \\\"a\\\" is forbidden: User \\\"jane\\\" cannot get resource \\\"configmaps\\\" in API group \\\"\\\" in the namespace \\\"default\\\"",
            failure.Response.Content,
            StringComparison.Ordinal);
        var record = server.Requests.Single();
        Assert.Equal(("jane", "get", 403, "Forbidden"), (record.User, record.Verb, record.StatusCode, record.Reason));
    }

    [Theory]
    [InlineData("get", "", "pods", "", "a", "default", true)]
    [InlineData("get", "", "pods", "", "b", "default", false)]
    [InlineData("get", "", "pods", "status", "a", "default", false)]
    [InlineData("get", "", "pods", "", "a", "kube-system", false)]
    [InlineData("list", "", "pods", "", "", "default", false)]
    [InlineData("update", "apps", "deployments", "status", "any", "default", true)]
    [InlineData("update", "apps", "daemonsets", "status", "any", "default", true)]
    [InlineData("update", "apps", "deployments", "", "any", "default", false)]
    [InlineData("frobnicate", "x.example.io", "things", "", "t", "default", true)]
    [InlineData("frobnicate", "y.example.io", "things", "", "t", "default", false)]
    public async Task Rules_compare_verb_group_resource_subresource_name_and_namespace(
        string verb, string group, string resource, string subresource, string name, string ns, bool allowed)
    {
        await using var server = await StartAsync();
        using var admin = server.CreateClient();
        await GrantAsync(
            admin,
            "default",
            new V1PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = ["pods"], ResourceNames = ["a"] },
            new V1PolicyRule { Verbs = ["update"], ApiGroups = ["apps"], Resources = ["*/status"] },
            new V1PolicyRule { Verbs = ["*"], ApiGroups = ["x.example.io"], Resources = ["*"] });
        var review = await admin.AuthorizationV1.CreateSubjectAccessReviewAsync(
            new V1SubjectAccessReview
            {
                Spec = new V1SubjectAccessReviewSpec
                {
                    User = "jane",
                    ResourceAttributes = new V1ResourceAttributes
                    {
                        Verb = verb,
                        Group = group,
                        Resource = resource,
                        Subresource = subresource,
                        Name = name,
                        NamespaceProperty = ns,
                    },
                },
            },
            cancellationToken: Cancel);
        Assert.Equal(allowed, review.Status.Allowed);
        Assert.Equal(allowed ? "RBAC: allowed by RoleBinding \"jane/default\" of Role \"jane\" to User \"jane\"" : null, review.Status.Reason);
    }

    [Theory]
    [InlineData("/healthz", "team", 200)]
    [InlineData("/metrics", "team", 403)]
    [InlineData("/apis", "team", 200)]
    [InlineData("/nope", "system:masters", 404)]
    public async Task Paths_that_are_no_resources_are_checked_too(string path, string group, int status)
    {
        await using var server = await StartAsync();
        using var client = new HttpClient(server.CreateHandler("jane", [group])) { BaseAddress = new Uri("http://localhost") };
        Assert.Equal(status, (int)(await client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    [Statement("H-4")]
    public async Task A_bad_token_is_refused_on_every_path_and_an_unknown_scheme_is_nobody()
    {
        await using var server = await StartAsync();
        foreach (var path in new[] { "/version", "/nope", "/api/v1/namespaces" })
        {
            using var client = LoopbackClient.Of(server, "nonsense");
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode);
        }

        using var odd = LoopbackClient.Of(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/namespaces");
        request.Headers.TryAddWithoutValidation("Authorization", "Basic eDp5");
        var answer = await odd.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("system:anonymous", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    [Statement("H-6")]
    public async Task Impersonation_needs_its_permission_and_says_whom()
    {
        await using var server = await StartAsync();
        using var admin = server.CreateClient();
        await admin.RbacAuthorizationV1.CreateClusterRoleAsync(
            new V1ClusterRole
            {
                Metadata = new V1ObjectMeta { Name = "impersonator" },
                Rules = [new V1PolicyRule { Verbs = ["impersonate"], ApiGroups = [""], Resources = ["users"], ResourceNames = ["joe"] }],
            },
            cancellationToken: Cancel);
        await admin.RbacAuthorizationV1.CreateClusterRoleBindingAsync(
            new V1ClusterRoleBinding
            {
                Metadata = new V1ObjectMeta { Name = "impersonator" },
                RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "impersonator" },
                Subjects = [new Rbacv1Subject { Kind = "User", Name = "jane", ApiGroup = "rbac.authorization.k8s.io" }],
            },
            cancellationToken: Cancel);

        Assert.Equal((201, "joe", "system:authenticated"), await WhoAsync(server, "jane", ("Impersonate-User", "joe")));
        Assert.Equal(403, (await WhoAsync(server, "jane", ("Impersonate-User", "ann"))).Status);
        Assert.Equal(403, (await WhoAsync(server, "jane", ("Impersonate-User", "joe"), ("Impersonate-Group", "system:masters"))).Status);
        Assert.Equal(400, (await WhoAsync(server, "jane", ("Impersonate-Group", "team"))).Status);
        Assert.Equal(
            (201, "system:serviceaccount:ns:bot", "system:serviceaccounts,system:serviceaccounts:ns,system:authenticated"),
            await WhoAsync(server, null, ("Impersonate-User", "system:serviceaccount:ns:bot")));
        Assert.Equal((201, "joe", "team,system:authenticated"), await WhoAsync(server, null, ("Impersonate-User", "joe"), ("Impersonate-Group", "team")));
    }

    [Fact]
    public async Task Nobody_grants_what_he_does_not_hold()
    {
        await using var server = await StartAsync();
        using var admin = server.CreateClient();
        await GrantAsync(
            admin,
            "default",
            new V1PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = ["pods"] },
            new V1PolicyRule { Verbs = ["*"], ApiGroups = ["rbac.authorization.k8s.io"], Resources = ["roles", "rolebindings"] });
        using var jane = server.CreateClient(asUser: "jane");

        // The verbs * hold escalate and bind too, as in kube-apiserver.
        await jane.RbacAuthorizationV1.CreateNamespacedRoleAsync(Role("all", "delete"), "default", cancellationToken: Cancel);
        await admin.RbacAuthorizationV1.ReplaceNamespacedRoleAsync(
            new V1Role
            {
                Metadata = new V1ObjectMeta { Name = "jane" },
                Rules =
                [
                    new V1PolicyRule { Verbs = ["get"], ApiGroups = [""], Resources = ["pods"] },
                    new V1PolicyRule { Verbs = ["create"], ApiGroups = ["rbac.authorization.k8s.io"], Resources = ["roles", "rolebindings"] },
                ],
            },
            "jane",
            "default",
            cancellationToken: Cancel);
        await jane.RbacAuthorizationV1.CreateNamespacedRoleAsync(Role("read", "get"), "default", cancellationToken: Cancel);
        var failure = await Assert.ThrowsAsync<HttpOperationException>(
            () => jane.RbacAuthorizationV1.CreateNamespacedRoleAsync(Role("drop", "delete"), "default", cancellationToken: Cancel));
        Assert.Equal(
            "roles.rbac.authorization.k8s.io \"drop\" is forbidden: user \"jane\" (groups=[\"system:authenticated\"]) is attempting to grant RBAC permissions not currently held:\n"
            + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"delete\"]}",
            JsonText.Read(failure.Response.Content)["message"]?.AsString);
        await Assert.ThrowsAsync<HttpOperationException>(() => jane.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            Binding("mine", "ClusterRole", "cluster-admin"), "default", cancellationToken: Cancel));
        await jane.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(Binding("mine", "Role", "read"), "default", cancellationToken: Cancel);
    }

    [Fact]
    public async Task Aggregated_roles_hold_what_their_parts_hold()
    {
        await using var server = await StartAsync();
        using var admin = server.CreateClient();
        await admin.RbacAuthorizationV1.CreateClusterRoleAsync(
            new V1ClusterRole
            {
                Metadata = new V1ObjectMeta
                {
                    Name = "upgrades-view",
                    Labels = new Dictionary<string, string> { ["rbac.authorization.k8s.io/aggregate-to-view"] = "true" },
                },
                Rules = [new V1PolicyRule { Verbs = ["get"], ApiGroups = ["harvesterhci.io"], Resources = ["upgrades"] }],
            },
            cancellationToken: Cancel);
        await admin.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(Binding("jane", "ClusterRole", "admin"), "default", cancellationToken: Cancel);
        using var jane = server.CreateClient(asUser: "jane");
        foreach (var (verb, resource, allowed) in new[] { ("get", "upgrades", true), ("delete", "upgrades", false) })
        {
            var review = await jane.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(
                new V1SelfSubjectAccessReview
                {
                    Spec = new V1SelfSubjectAccessReviewSpec
                    {
                        ResourceAttributes = new V1ResourceAttributes
                        {
                            Verb = verb,
                            Group = "harvesterhci.io",
                            Resource = resource,
                            NamespaceProperty = "default",
                        },
                    },
                },
                cancellationToken: Cancel);
            Assert.Equal(allowed, review.Status.Allowed);
        }

        await jane.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), "default", cancellationToken: Cancel);
    }

    [Fact]
    [Statement("B-26")]
    public async Task A_service_account_uses_its_token_until_the_account_is_gone()
    {
        await using var server = await StartAsync();
        using var admin = server.CreateClient();
        await admin.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "bot" } }, "default", cancellationToken: Cancel);
        var issued = await admin.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { ExpirationSeconds = 600, Audiences = [] } }, "bot", "default", cancellationToken: Cancel);
        using var client = LoopbackClient.Of(server, issued.Status.Token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/apis", UriKind.Relative), Cancel)).StatusCode);
        var denied = await client.GetAsync(new Uri("/api/v1/namespaces/default/configmaps", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("system:serviceaccount:default:bot", await denied.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var review = await admin.AuthenticationV1.CreateTokenReviewAsync(
            new V1TokenReview { Spec = new V1TokenReviewSpec { Token = issued.Status.Token } }, cancellationToken: Cancel);
        Assert.True(review.Status.Authenticated);
        Assert.Equal("system:serviceaccount:default:bot", review.Status.User.Username);

        await admin.CoreV1.DeleteNamespacedServiceAccountAsync("bot", "default", cancellationToken: Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync(new Uri("/apis", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_kubeconfig_lets_the_official_client_in()
    {
        await using var server = await KubernetesApiServer.StartAsync(
            options => options.UseRbac().AddToken("first", "ann", ["system:masters"]).AddToken("second", "joe"), Cancel);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            server.WriteKubeconfig(path);
            using var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(path));
            Assert.NotEmpty((await client.RbacAuthorizationV1.ListClusterRoleAsync(cancellationToken: Cancel)).Items);
            Assert.Equal("ann", server.Requests[^1].User);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Task<KubernetesApiServer> StartAsync() => KubernetesApiServer.StartAsync(options => options.UseRbac(), Cancel);

    private static V1ConfigMap Map(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };

    private static V1Role Role(string name, string verb) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Rules = [new V1PolicyRule { Verbs = [verb], ApiGroups = [""], Resources = ["pods"] }],
    };

    private static V1RoleBinding Binding(string name, string kind, string role) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = kind, Name = role },
        Subjects = [new Rbacv1Subject { Kind = "User", Name = "jane", ApiGroup = "rbac.authorization.k8s.io" }],
    };

    private static async Task GrantAsync(IKubernetes admin, string ns, params V1PolicyRule[] rules)
    {
        await admin.RbacAuthorizationV1.CreateNamespacedRoleAsync(
            new V1Role { Metadata = new V1ObjectMeta { Name = "jane" }, Rules = rules }, ns, cancellationToken: Cancel);
        await admin.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(Binding("jane", "Role", "jane"), ns, cancellationToken: Cancel);
    }

    private static async Task<(int Status, string User, string Groups)> WhoAsync(
        KubernetesApiServer server, string? asUser, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(server.CreateHandler(asUser)) { BaseAddress = new Uri("http://localhost") };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/apis/authentication.k8s.io/v1/selfsubjectreviews")
        {
            Content = new StringContent(
                """{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}""", Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var answer = await client.SendAsync(request, Cancel);
        var user = JsonText.Read(await answer.Content.ReadAsByteArrayAsync(Cancel)).At("status", "userInfo");
        return (
            (int)answer.StatusCode,
            user?["username"]?.AsString ?? "",
            string.Join(',', (user?["groups"] as JsonArray ?? JsonArray.Empty).Select(group => group.AsString)));
    }
}
