using System.Text.Json;

namespace Guardrails.Sandbox;

/// <summary>Accounts' settings and people's access as JSON. Files of before these came have none of it.</summary>
internal sealed partial class OrganizationState
{
    private static void WriteSettings(Utf8JsonWriter json, AccountSettings settings)
    {
        if (settings.Contacts.Count > 0)
        {
            json.WriteStartObject("contacts");
            foreach (var (type, contact) in settings.Contacts)
            {
                json.WriteStartObject(type);
                json.WriteString("name", contact.Name);
                json.WriteString("title", contact.Title);
                json.WriteString("email", contact.EmailAddress);
                json.WriteString("phone", contact.PhoneNumber);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        if (settings.Regions.Count == 0) return;
        json.WriteStartObject("regions");
        foreach (var (region, opt) in settings.Regions)
        {
            json.WriteStartObject(region);
            json.WriteBoolean("enable", opt.Enable);
            WriteTime(json, "done", opt.Done);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void ReadSettings(JsonElement account, AccountSettings settings)
    {
        if (account.TryGetProperty("contacts", out var contacts))
            foreach (var contact in contacts.EnumerateObject())
                settings.Contacts[contact.Name] = new(Text(contact.Value, "name"), Text(contact.Value, "title"), Text(contact.Value, "email"), Text(contact.Value, "phone"));
        if (account.TryGetProperty("regions", out var regions))
            foreach (var region in regions.EnumerateObject())
                settings.Regions[region.Name] = new(region.Value.GetProperty("enable").GetBoolean(), Time(region.Value, "done"));
    }

    private static void WriteIdentityCenter(Utf8JsonWriter json, IdentityCenter center)
    {
        json.WriteStartObject("identityCenter");
        json.WriteString("instanceArn", center.InstanceArn);
        json.WriteString("storeId", center.StoreId);
        WriteTime(json, "created", center.Created);
        WriteEntities(json, "permissionSets", center.PermissionSets, _ => { });
        WriteEntities(json, "principals", center.Principals, principal =>
        {
            json.WriteString("type", principal.Type);
            if (principal.Email is not null) json.WriteString("email", principal.Email);
        });
        WriteEntities(json, "assignments", center.Assignments, assignment => WriteKey(json, assignment.Key));
        WriteEntities(json, "requests", center.Requests, request =>
        {
            WriteKey(json, request.Key);
            json.WriteBoolean("give", request.Give);
            WriteTime(json, "created", request.Created);
            WriteTime(json, "due", request.Due);
            json.WriteString("status", request.Status);
            if (request.FailureReason is not null) json.WriteString("failureReason", request.FailureReason);
        });
        json.WriteEndObject();
    }

    private static IdentityCenter ReadIdentityCenter(JsonElement json)
    {
        var center = new IdentityCenter(Text(json, "instanceArn"), Text(json, "storeId"), Time(json, "created"));
        foreach (var entry in json.GetProperty("permissionSets").EnumerateArray())
            center.PermissionSets.Add(new PermissionSet { Sequence = Sequence(entry), Id = Text(entry, "id"), Arn = Text(entry, "arn"), Name = Text(entry, "name") });
        foreach (var entry in json.GetProperty("principals").EnumerateArray())
        {
            center.Principals.Add(new IdentityPrincipal
            {
                Sequence = Sequence(entry),
                Id = Text(entry, "id"),
                Arn = Text(entry, "arn"),
                Name = Text(entry, "name"),
                Type = Text(entry, "type"),
                Email = TextOrNull(entry, "email"),
            });
        }
        foreach (var entry in json.GetProperty("assignments").EnumerateArray())
            center.Assignments.Add(new AccountAssignment { Sequence = Sequence(entry), Id = Text(entry, "id"), Arn = "", Name = "", Key = ReadKey(entry) });
        foreach (var entry in json.GetProperty("requests").EnumerateArray())
        {
            center.Requests.Add(new AssignmentRequest
            {
                Sequence = Sequence(entry),
                Id = Text(entry, "id"),
                Arn = "",
                Name = "",
                Key = ReadKey(entry),
                Give = entry.GetProperty("give").GetBoolean(),
                Created = Time(entry, "created"),
                Due = Time(entry, "due"),
                Status = Text(entry, "status"),
                FailureReason = TextOrNull(entry, "failureReason"),
            });
        }
        return center;
    }

    private static void WriteKey(Utf8JsonWriter json, AssignmentKey key)
    {
        json.WriteString("account", key.AccountId);
        json.WriteString("permissionSet", key.PermissionSetArn);
        json.WriteString("principalType", key.PrincipalType);
        json.WriteString("principal", key.PrincipalId);
    }

    private static AssignmentKey ReadKey(JsonElement json) => new(Text(json, "account"), Text(json, "permissionSet"), Text(json, "principalType"), Text(json, "principal"));
}
