using System.Text;
using System.Text.Json.Nodes;

namespace Guardrails.Sandbox;

/// <summary>From a request to its answer: who asks, how fast, whether it is allowed by the model, what it does, and what goes wrong on the way.</summary>
internal sealed class SandboxEndpoint(StateStore store, TimeProvider clock, SandboxQuotas quotas, CallRates? rates, SandboxFaults faults, CallLog calls)
{
    private readonly OrganizationsService _organizations = new(OrganizationsOperations.All);
    private readonly StsService _sts = new();
    private readonly AccountService _account = new();
    private readonly IdentityService _ssoAdmin = new("sso", "ssoadmin.model.json", "SWBExternalService.", SsoAdminOperations.All);
    private readonly IdentityService _identityStore = new("identitystore", "identitystore.model.json", "AWSIdentityStore.", IdentityStoreOperations.All);
    private readonly TokenBucket? _reads = rates is null ? null : new TokenBucket(rates.ReadsPerSecond, rates.ReadBurst, clock);
    private readonly TokenBucket? _writes = rates is null ? null : new TokenBucket(rates.WritesPerSecond, rates.WriteBurst, clock);

    public async Task<WireResponse> AnswerAsync(WireRequest request, CancellationToken cancellation)
    {
        var requestId = Guid.NewGuid().ToString();
        if (ServiceOf(request) is not { } service) return NoService(request, requestId);

        var call = new CallInProgress(service, requestId);
        try
        {
            call.Operation = service.OperationOf(request);
        }
        catch (AwsError error)
        {
            return Refuse(call, error);
        }
        var fault = faults.Next(call.Operation);
        var throttled = service == _organizations && (service.Writes(call.Operation) ? _writes : _reads)?.TryTake() == false;
        var latency = faults.LatencyOf(call.Operation);
        if (latency > TimeSpan.Zero) await Task.Delay(latency, clock, cancellation).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();

        using var hold = (clock as VirtualClock)?.Hold();
        if (fault is { Moment: FaultMoment.BeforeEffect }) return Instead(call, fault.Answer, null);
        if (throttled) return Refuse(call, ServiceErrors.From(ServiceErrors.TooManyRequests));
        var answer = await RunAsync(call, request).ConfigureAwait(false);
        if (fault is not null) return Instead(call, fault.Answer, answer);
        Log(call, call.Refused ?? "OK");
        return answer;
    }

    private async Task<WireResponse> RunAsync(CallInProgress call, WireRequest request)
    {
        try
        {
            if (request.BodyTooLarge)
                throw new AwsError("RequestEntityTooLarge", $"The body is larger than {WireRequest.MaximumBody} bytes.", status: 413);
            var output = store.Use(state => Run(call, request, state));
            call.Ran = true;
            if (call.Service.Writes(call.Operation)) await store.SaveAsync().ConfigureAwait(false);
            return call.Service.Result(call.Operation, output, call.RequestId);
        }
        catch (AwsError error)
        {
            return Error(call, error);
        }
        catch (Exception e)
        {
            // A defect of the sandbox, or a disk that is full: the client gets what AWS would answer, and can report what it was.
            return Error(call, new AwsError("ServiceException", $"The sandbox failed in {call.Operation}: {e.GetType().Name}: {e.Message}", status: 500));
        }
    }

    private JsonObject Run(CallInProgress call, WireRequest request, OrganizationState state)
    {
        var now = clock.GetUtcNow();
        var caller = AccessKeys.Identify(request, state, now);
        call.Caller = caller;
        var (operation, shape) = call.Service.Find(call.Operation);
        var (input, violations) = call.Service.Read(shape, request);
        if (violations.Count > 0) throw call.Service.Refusal(violations);
        return operation(new CallContext(state, caller, now, quotas), input);
    }

    private Service? ServiceOf(WireRequest request)
    {
        foreach (var service in (JsonService[])[_organizations, _ssoAdmin, _identityStore])
            if (service.IsMeantBy(request)) return service;
        if (AccountService.IsMeantBy(request)) return _account;
        var isForm = request.Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        return isForm && request.Method == "POST" ? _sts : null;
    }

    private WireResponse NoService(WireRequest request, string requestId)
    {
        calls.Add(clock.GetUtcNow(), "", "", null, "UnknownOperationException", false, false);
        var target = request.Header("X-Amz-Target") is { Length: < 200 } given ? $" X-Amz-Target {given}" : "";
        var error = new AwsError("UnknownOperationException",
            "The sandbox has AWS Organizations, SSO Admin and Identity Store (POST, application/x-amz-json-1.1), Account Management (POST, application/json)"
            + $" and STS (POST, application/x-www-form-urlencoded); this is none of them: {request.Method}{target}.", status: 404);
        return new WireResponse(error.Status, JsonProtocol.ContentType, JsonProtocol.WriteError(error, error.Code, modeled: false), requestId);
    }

    /// <param name="answer">What the operation answered, if it ran.</param>
    private WireResponse Instead(CallInProgress call, FaultAnswer fault, WireResponse? answer)
    {
        answer ??= new WireResponse(200, call.Service.ContentType, "{ }"u8.ToArray(), call.RequestId);
        if (fault is FaultAnswer.Error error) return Refuse(call, ServiceErrors.From(error));
        Log(call, fault.GetType().Name);
        return fault switch
        {
            FaultAnswer.Page page => new WireResponse(page.Status, page.ContentType, Encoding.UTF8.GetBytes(page.Body), call.RequestId),
            FaultAnswer.Malformed => answer with { Status = 200, Body = "{\"Unfinished\": [<"u8.ToArray() },
            FaultAnswer.Truncated => answer with { Delivery = Delivery.Truncated },
            _ => answer with { Delivery = Delivery.Dropped },
        };
    }

    private WireResponse Refuse(CallInProgress call, AwsError error)
    {
        var response = Error(call, error);
        Log(call, call.Refused!);
        return response;
    }

    private static WireResponse Error(CallInProgress call, AwsError error)
    {
        call.Refused = call.Service.CodeOf(error);
        return call.Service.Error(error, call.RequestId);
    }

    private void Log(CallInProgress call, string outcome) =>
        calls.Add(clock.GetUtcNow(), call.Service.Name, call.Operation, call.Caller?.AccountId, outcome, call.Ran, call.Service.Writes(call.Operation));

    private sealed class CallInProgress(Service service, string requestId)
    {
        public Service Service => service;

        public string RequestId => requestId;

        public string Operation { get; set; } = "";

        public Caller? Caller { get; set; }

        /// <summary>The code of the error.</summary>
        public string? Refused { get; set; }

        public bool Ran { get; set; }
    }
}
