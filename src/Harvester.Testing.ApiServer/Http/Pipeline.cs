using Harvester.Testing.ApiServer.Access;
using Harvester.Testing.ApiServer.Http.Protobuf;
using Harvester.Testing.ApiServer.Json;
using Harvester.Testing.ApiServer.Resources;
using Harvester.Testing.ApiServer.Resources.BuiltIn;
using Harvester.Testing.ApiServer.Storage;

namespace Harvester.Testing.ApiServer.Http;

/// <summary>
/// The one way every request goes, whichever door it came through: route, verb, answer, audit log. It runs to its end on
/// the caller's thread.
/// </summary>
internal sealed class Pipeline(ServerCore server, AccessControl access, RequestLog requests, ServerPaths paths)
{
    public ApiResponse Handle(ApiRequest request)
    {
        // A deep object, once stored, is met again by whoever reads or changes it.
        var isDeep = DeepStack.MayNeed(request);
        server.MayHoldDeepObjects |= isDeep && request.Method is not ("GET" or "DELETE");
        return isDeep || server.MayHoldDeepObjects ? DeepStack.Run(() => HandleHere(request)) : HandleHere(request);
    }

    private ApiResponse HandleHere(ApiRequest request)
    {
        RequestRecord? record = null;
        ApiResponse response;
        try
        {
            // H-4: who asks and whether he may comes before everything else.
            request = access.Identify(request);
            (response, record) = Dispatch(request);
        }
        catch (ApiFailure failure)
        {
            response = Answer(failure);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            response = Answer(Defect(failure));
        }

        if (record is not null)
        {
            requests.Publish(record);
        }

        if (response.Watch is null && response.ContentType == "application/json")
        {
            response = AcceptHeader.PrefersYaml(request.Accept) ? response.ToYaml() : WantsIndents(request) ? response.ToIndented() : response;
        }

        return request.Method == "HEAD"
            ? new ApiResponse { StatusCode = response.StatusCode, ContentType = response.ContentType, Headers = response.Headers }
            : response;
    }

    private static bool WantsIndents(ApiRequest request) => request.Query.Find("pretty") is { Length: > 0 } pretty
        ? pretty is "1" or "t" or "T" or "true" or "True" or "TRUE"
        : request.UserAgent is { } agent
          && (agent.StartsWith("curl", StringComparison.Ordinal) || agent.StartsWith("Wget", StringComparison.Ordinal)
              || agent.StartsWith("Mozilla/5.0", StringComparison.Ordinal));

    private (ApiResponse Response, RequestRecord? Record) Dispatch(ApiRequest request)
    {
        try
        {
            access.Authorize(request);
        }
        catch (ApiFailure failure)
        {
            var refused = Answer(failure);
            return (refused, RecordOf(request, refused, failure));
        }

        if ((Discovery.TryAnswer(server, request) ?? paths.TryAnswer(request)) is { } document)
        {
            return (document, null);
        }

        if (Route.Parse(request.Path) is not { } route)
        {
            throw ApiFailure.PageNotFound();
        }

        if (server.FindKind(route.Group, route.Version, route.Resource) is not { } kind)
        {
            throw route.Group.Length == 0 || (BuiltInKinds.HasGroup(route.Group) && route.Group.Length > 0)
                ? ApiFailure.ResourceNotFound()
                : ApiFailure.PageNotFound();
        }

        if (route.GoesDeeper && !kind.IsCustom && route.Subresource != "proxy")
        {
            throw ApiFailure.ResourceNotFound();
        }

        if (kind.Namespaced && !route.HasNamespaceSegment && (route.Name.Length > 0 || request.Method == "POST"))
        {
            // C-14, H-2
            throw kind.IsCustom ? ApiFailure.PageNotFound() : ApiFailure.ResourceNotFound();
        }

        if (!kind.Namespaced && route.HasNamespaceSegment)
        {
            throw kind.IsCustom ? ApiFailure.PageNotFound() : ApiFailure.ResourceNotFound();
        }

        if (!kind.IsCustom)
        {
            request = ProtobufBody.ToJson(request);
        }

        var context = ContextOf(request, route, kind);
        var verb = VerbOf(request, route);
        ApiResponse response;
        string? reason = null;
        lock (server.Gate)
        {
            try
            {
                response = Serve(context, verb);
            }
            catch (ApiFailure failure)
            {
                context.Before = null;
                context.After = null;
                response = Answer(failure);
                reason = failure.Reason;
                if (context.CreatedName is not null)
                {
                    server.CountRefused();
                }
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                context.Before = null;
                context.After = null;
                response = Answer(Defect(failure));
                reason = "InternalError";
            }

            response = response.With(Warnings(context));
            return (response, requests.Record(context, verb, response.StatusCode, reason));
        }
    }

    // A refused request to a kind that exists is in the log, too.
    private RequestRecord? RecordOf(ApiRequest request, ApiResponse refused, ApiFailure failure)
    {
        if (Route.Parse(request.Path) is not { } route
            || server.FindKind(route.Group, route.Version, route.Resource) is not { } kind)
        {
            return null;
        }

        var context = ContextOf(request, route, kind);
        lock (server.Gate)
        {
            return requests.Record(context, VerbOf(request, route), refused.StatusCode, failure.Reason);
        }
    }

    private RequestContext ContextOf(ApiRequest request, Route route, ResourceKind kind) => new()
    {
        Server = server,
        Request = request,
        Kind = kind,
        Namespace = route.Namespace,
        Name = route.Name,
        Subresource = route.Subresource,
    };

    // A defect of this server must look like one of a server, not end the process under test.
    private static ApiFailure Defect(Exception failure) =>
        ApiFailure.Internal($"Internal error occurred: {failure.GetType().Name}: {failure.Message}");

    private static string VerbOf(ApiRequest request, Route route) => request.Method switch
    {
        "GET" or "HEAD" when route.Name.Length > 0 && !route.IsWatchPath => "get",
        "GET" or "HEAD" => route.IsWatchPath || request.Query.Flag("watch") ? "watch" : "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" => route.Name.Length > 0 ? "delete" : "deletecollection",
        _ => "",
    };

    private static ApiResponse Serve(RequestContext context, string verb)
    {
        var shape = Negotiation.Choose(context.Request.Accept);
        if (!context.Kind.IsStored)
        {
            return verb == "create" && context.Name.Length == 0
                ? shape.One(context, 201, context.Server.Access.Review(context))
                : throw ApiFailure.MethodNotServed();
        }

        CheckSubresource(context, verb);
        if (context.Subresource is null && verb.Length > 0 && !context.Kind.Verbs.Contains(verb))
        {
            throw ApiFailure.MethodNotAllowed(verb == "deletecollection" ? "delete" : verb, context.Kind.Resource);
        }

        if (context.Subresource is { } below && Subresources.Find(context.Kind, below) is StreamedSubresource streamed)
        {
            return ApiResponse.Text(200, streamed.Answer(context));
        }

        switch (verb)
        {
            case "get":
                return shape.One(context, 200, ReadOne(context));
            case "list":
                return shape.Many(context, ListVerb.Run(context));
            case "watch" when AcceptHeader.PrefersYaml(context.Request.Accept):
                throw ApiFailure.NotAcceptable(
                    "only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
            case "watch":
                return new ApiResponse { StatusCode = 200, Watch = WatchVerb.Run(context, shape.Event(context)) };
            case "create" when context.Subresource is { } name && Subresources.Find(context.Kind, name) is { } subresource:
                return ApiResponse.Json(201, subresource.Create(context));
            case "create":
                return shape.One(context, 201, CreateVerb.Run(context));
            case "update" or "patch" when context.Name.Length == 0:
                // H-3
                throw ApiFailure.BadRequest("name must be provided");
            case "update":
                var updated = context.Subresource == "scale" ? ScaleVerb.Update(context) : UpdateVerb.Run(context);
                return shape.One(context, context.CreatedName is null ? 200 : 201, updated);
            case "patch":
                var patched = PatchVerb.Run(context);
                return shape.One(context, context.CreatedName is null ? 200 : 201, patched);
            case "delete":
                var deleted = DeleteVerb.Run(context);
                return deleted.Body.Find("kind")?.AsString == "Status"
                    ? ApiResponse.Typed(deleted.StatusCode, deleted.Body)
                    : shape.One(context, deleted.StatusCode, deleted.Body);
            case "deletecollection":
                return shape.Many(context, DeleteVerb.RunCollection(context));
            default:
                throw ApiFailure.MethodNotAllowed("", context.Kind.Resource);
        }
    }

    private static JsonObject ReadOne(RequestContext context)
    {
        var version = context.Request.Query.Find("resourceVersion") ?? "";
        if (version.Length > 0)
        {
            // G-4, U-17
            if (!ulong.TryParse(version, out var number))
            {
                throw ApiFailure.Internal($"strconv.ParseUint: parsing \"{version}\": invalid syntax");
            }

            if (number > (ulong)context.Log.Current)
            {
                throw ApiFailure.VersionTooLarge((long)Math.Min(number, long.MaxValue), context.Log.Current);
            }
        }

        if (context.Subresource == "scale")
        {
            return ScaleVerb.Get(context);
        }

        var live = context.RequireLive();
        context.After = live;
        context.Before = live;
        return Reading.Converted(live, context.Kind);
    }

    // S-1, S-2
    private static void CheckSubresource(RequestContext context, string verb)
    {
        var kind = context.Kind;
        switch (context.Subresource)
        {
            case null:
                return;
            case "status" when kind.HasStatus:
            case "scale" when kind.HasScale:
                if (verb is not ("get" or "update" or "patch"))
                {
                    throw ApiFailure.MethodNotAllowed(verb, kind.Resource);
                }

                return;
            case "status":
                throw kind.IsCustom ? ApiFailure.NotFound(kind.Resource, context.Name) : ApiFailure.ResourceNotFound();
            case var name when Subresources.Find(kind, name) is { } subresource:
                if (!subresource.Verbs.Contains(verb))
                {
                    throw ApiFailure.MethodNotServed();
                }

                return;
            default:
                throw kind.IsCustom ? ApiFailure.NotFound(kind.Resource, context.Name) : ApiFailure.ResourceNotFound();
        }
    }

    private static ApiResponse Answer(ApiFailure failure)
    {
        if (failure.IsText)
        {
            return ApiResponse.Text(failure.Code, failure.Message);
        }

        var response = ApiResponse.Typed(failure.Code, failure.ToStatus());

        //
        return failure.Details?.Find("retryAfterSeconds")?.AsInteger is { } seconds && failure.Code is 429 or 500 or 504
            ? response.With([new("Retry-After", RequestContext.Text(failure.Details!.Find("retryAfterSeconds")!.AsInteger ?? 1))])
            : response;
    }

    private static List<KeyValuePair<string, string>> Warnings(RequestContext context)
    {
        var headers = new List<KeyValuePair<string, string>> { new("Cache-Control", "no-cache, private") };
        if (context.Kind.DeprecationWarning is { } deprecated)
        {
            headers.Add(Warning(deprecated));
        }

        headers.AddRange(context.Warnings.Distinct().Select(Warning));
        return headers;
    }

    private static KeyValuePair<string, string> Warning(string text) =>
        new("Warning", $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
}
