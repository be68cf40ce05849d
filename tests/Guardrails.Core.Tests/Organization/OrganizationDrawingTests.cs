using Xunit;

namespace Guardrails.Tests;

public sealed class OrganizationDrawingTests
{
    [Fact]
    public void The_tree_is_drawn_by_one_property() =>
        Assert.Equal(
            """
            /
            ├─ Sandbox
            │  └─ play
            ├─ Workloads
            │  ├─ Prod
            │  │  ├─ billing
            │  │  └─ shop
            │  └─ Test
            │     └─ shop
            └─ Management
            """.ReplaceLineEndings("\n"),
            string.Join('\n', OrganizationDrawing.Draw(Samples.Company()).Select(line => line.Tree)));

    [Fact]
    public void Lines_carry_counts_states_and_policies()
    {
        var lines = OrganizationDrawing.Draw(Samples.Company(), accounts: false).ToList();
        Assert.Equal(5, lines.Count);
        Assert.Equal((OrganizationTreeKind.Root, 5, 4, 0), (lines[0].Kind, lines[0].AccountCount, lines[0].OrganizationalUnitCount, lines[0].Depth));
        Assert.Equal((3, 2, 1), (lines[2].AccountCount, lines[2].OrganizationalUnitCount, lines[2].Depth));
        Assert.Equal(["DenyLeave"], lines[3].Policies);
        var shop = OrganizationDrawing.Draw(Samples.Company(), Samples.Company().UnitById("ou-prod")).Last();
        Assert.Equal(("└─ shop", AccountState.Active, 1, (int?)null), (shop.Tree, shop.State, shop.Depth, shop.AccountCount));
    }

    [Fact]
    public void What_cant_be_placed_comes_at_the_end_with_its_path()
    {
        var organization = Organization.From(Samples.Facts(
            [Samples.Unit("ou-1", "lost", "ou-gone"), Samples.Unit("ou-2", "found")], [Samples.Account("222222222222", "shop", "ou-1"), Samples.Account("333333333333", "x", "ou-gone")]));
        Assert.Equal(["/", "└─ found", "ou-gone/lost", "└─ shop", "ou-gone/x"], OrganizationDrawing.Draw(organization).Select(line => line.Tree));
    }

    [Fact]
    public void A_name_cant_draw_or_steer_the_terminal()
    {
        var organization = Organization.From(Samples.Facts([Samples.Unit("ou-1", "a\n\u001b[31mb")]));
        Assert.Equal("└─ a\uFFFD\uFFFD[31mb", OrganizationDrawing.Draw(organization).Last().Tree);
    }
}
