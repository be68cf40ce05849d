using System.Text.Json.Nodes;
using Xunit;

namespace Guardrails.Sandbox.Tests;

public sealed class OrganizationsListingTests
{
    [Fact]
    public void A_page_has_at_most_twenty_items_and_the_pages_have_all()
    {
        var bed = WithUnits(45);
        var first = bed.Call("ListOrganizationalUnitsForParent", Parent(bed));
        Assert.Equal(20, first["OrganizationalUnits"]!.AsArray().Count);
        Assert.NotNull(first["NextToken"]);
        Assert.Equal(45, bed.All("ListOrganizationalUnitsForParent", "OrganizationalUnits", Parent(bed)).Select(unit => (string)unit["Id"]!).Distinct().Count());
        var small = Parent(bed);
        small["MaxResults"] = 7;
        Assert.Equal(7, bed.Call("ListOrganizationalUnitsForParent", small)["OrganizationalUnits"]!.AsArray().Count);
    }

    [Fact]
    public void A_listing_that_ends_with_its_page_has_no_token()
    {
        var bed = WithUnits(20);
        Assert.Null(bed.Call("ListOrganizationalUnitsForParent", Parent(bed))["NextToken"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("bnVsbA")]
    [InlineData("\u0000ü")]
    public void INVALID_NEXT_TOKEN_for_what_is_no_token(string token)
    {
        var bed = WithUnits(25);
        var input = Parent(bed);
        input["NextToken"] = token;
        Assert.Equal("InvalidInputException/INVALID_NEXT_TOKEN", bed.Refused("ListOrganizationalUnitsForParent", input));
    }

    [Fact]
    public void INVALID_NEXT_TOKEN_for_the_token_of_another_listing()
    {
        var bed = WithUnits(25);
        var token = (string)bed.Call("ListOrganizationalUnitsForParent", Parent(bed))["NextToken"]!;
        var other = bed.CreateUnit(bed.Root, "Other");
        Assert.Equal("InvalidInputException/INVALID_NEXT_TOKEN", bed.Refused("ListOrganizationalUnitsForParent", $$"""{"ParentId":"{{other}}","NextToken":"{{token}}"}"""));
        Assert.Equal("InvalidInputException/INVALID_NEXT_TOKEN", bed.Refused("ListAccounts", $$"""{"NextToken":"{{token}}"}"""));
        var altered = token[..^1] + (token[^1] == 'A' ? 'B' : 'A');
        var input = Parent(bed);
        input["NextToken"] = altered;
        Assert.Equal("InvalidInputException/INVALID_NEXT_TOKEN", bed.Refused("ListOrganizationalUnitsForParent", input));
    }

    [Fact]
    public void Empty_pages_with_a_token_occur_lose_nothing_and_are_the_same_each_time()
    {
        var bed = WithUnits(100);
        bed.State.Behavior = bed.State.Behavior with { EmptyPageEvery = 2 };
        var shapes = Enumerable.Range(0, 2).Select(_ => Pages(bed)).ToList();
        Assert.Equal(shapes[0], shapes[1]);
        Assert.Contains(0, shapes[0]);
        Assert.Equal(100, shapes[0].Sum());
        bed.State.Behavior = bed.State.Behavior with { EmptyPageEvery = 1 };
        Assert.Equal([0, 20, 0, 20, 0, 20, 0, 20, 20], Pages(bed));
    }

    [Fact]
    public void A_listing_goes_on_when_items_come_and_go_between_its_pages()
    {
        var bed = WithUnits(30);
        var input = Parent(bed);
        var first = bed.Call("ListOrganizationalUnitsForParent", input);
        var last = (string)first["OrganizationalUnits"]![19]!["Id"]!;
        bed.Call("DeleteOrganizationalUnit", $$"""{"OrganizationalUnitId":"{{last}}"}""");
        bed.CreateUnit(bed.Root, "New");
        input["NextToken"] = (string)first["NextToken"]!;
        Assert.Equal(11, bed.Call("ListOrganizationalUnitsForParent", input)["OrganizationalUnits"]!.AsArray().Count);
    }

    [Fact]
    public void A_filtered_listing_has_full_pages()
    {
        var bed = new OrganizationsTestBed("""{"organizations":{"accountCreationsInProgress":{"value":100},"accounts":{"value":100}}}""");
        for (var i = 0; i < 50; i++) bed.AskForAccount($"account{i}", i % 2 == 0 ? "taken@example.com" : null);
        bed.Pass(TimeSpan.FromMinutes(1));
        var failed = bed.Call("ListCreateAccountStatus", """{"States":["FAILED"]}""");
        Assert.Equal(20, failed["CreateAccountStatuses"]!.AsArray().Count);
        Assert.Equal(24, bed.All("ListCreateAccountStatus", "CreateAccountStatuses", new() { ["States"] = new JsonArray("FAILED") }).Count);
        Assert.Equal(50, bed.All("ListCreateAccountStatus", "CreateAccountStatuses").Count);
    }

    private static OrganizationsTestBed WithUnits(int count)
    {
        var bed = new OrganizationsTestBed();
        for (var i = 0; i < count; i++) bed.CreateUnit(bed.Root, $"Unit{i}");
        return bed;
    }

    private static JsonObject Parent(OrganizationsTestBed bed) => new() { ["ParentId"] = bed.Root };

    private static List<int> Pages(OrganizationsTestBed bed)
    {
        var sizes = new List<int>();
        var input = Parent(bed);
        while (true)
        {
            var page = bed.Call("ListOrganizationalUnitsForParent", (JsonObject)input.DeepClone());
            sizes.Add(page["OrganizationalUnits"]!.AsArray().Count);
            if ((string?)page["NextToken"] is not { } token) return sizes;
            input["NextToken"] = token;
        }
    }
}
