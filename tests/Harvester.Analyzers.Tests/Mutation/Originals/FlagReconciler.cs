// surface: DotnetKubernetesClient; mutants: HARV2002
using DotnetKubernetesClient;
using k8s;
using k8s.Models;
using Shop.Kinds;

namespace Shop.FlagReconciler;

/// <summary>Makes the secret with a database's first password; a password made twice would lock everybody out.</summary>
public sealed class PasswordReconciler
{
    private readonly IKubernetesClient _client;
    private readonly Func<string> _generate;

    public PasswordReconciler(IKubernetesClient client, Func<string> generate)
    {
        _client = client;
        _generate = generate;
    }

    public async Task ReconcileAsync(Database database)
    {
        if (!database.Status.Initialized)
        {
            var secret = await _client.Get<V1Secret>(NameOf(database), database.Metadata.NamespaceProperty);
            if (secret is not null)
            {
                await InitializedAsync(database);
                return;
            }

            await _client.Create(Build(database, _generate()));
            await InitializedAsync(database);
        }
    }

    public async Task<bool> HasPasswordAsync(Database database)
    {
        var secret = await _client.Get<V1Secret>(NameOf(database), database.Metadata.NamespaceProperty);
        return secret?.Data?.ContainsKey("password") == true;
    }

    private async Task InitializedAsync(Database database)
    {
        database.Status.Initialized = true;
        await _client.UpdateStatus(database);
    }

    private static string NameOf(Database database) => $"{database.Metadata.Name}-password";

    private static V1Secret Build(Database database, string password) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = NameOf(database),
            NamespaceProperty = database.Metadata.NamespaceProperty,
            Labels = new Dictionary<string, string> { ["shop.example.io/database"] = database.Metadata.Name },
        },
        Type = "Opaque",
        StringData = new Dictionary<string, string>
        {
            ["user"] = "admin",
            ["password"] = password,
        },
    };
}
