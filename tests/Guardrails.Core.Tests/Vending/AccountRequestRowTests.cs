using Xunit;

namespace Guardrails.Core.Tests;

public sealed class AccountRequestRowTests
{
    [Fact]
    public void Columns_are_found_whatever_their_case_and_cells_are_trimmed()
    {
        var request = Read(("NAME", " shop "), ("email", "aws+shop@example.com"), ("organizationalUnit", "/Workloads"), ("Tag:CostCenter", "4711"), ("Tags", "env=prod; team = a=b"));
        Assert.Equal("shop", request.Name);
        Assert.Equal("/Workloads", request.OrganizationalUnit);
        Assert.Equal([("CostCenter", "4711"), ("env", "prod"), ("team", "a=b")], request.Tags.Select(tag => (tag.Key, tag.Value)));
    }

    [Fact]
    public void An_empty_cell_of_a_tag_column_is_no_tag() => Assert.Empty(Read(("Name", "a"), ("Tag:Owner", "")).Tags);

    [Fact]
    public void An_empty_organizational_unit_is_the_root() => Assert.Equal("/", Read(("Name", "a"), ("OrganizationalUnit", "")).OrganizationalUnit);

    [Theory]
    [InlineData("novalue")]
    [InlineData("=x")]
    [InlineData("a=1;a=2")]
    public void Tags_that_cannot_be_read_are_refused(string tags) => Assert.Equal("Tags", Assert.Throws<RequestFormatException>(() => Read(("Name", "a"), ("Tags", tags))).Field);

    [Theory]
    [InlineData("name", true)]
    [InlineData("Tag:x", true)]
    [InlineData("Tag:", false)]
    [InlineData("Ownr", false)]
    public void Known_columns_are_known(string column, bool known) => Assert.Equal(known, AccountRequestRow.IsKnownColumn(column));

    private static AccountRequest Read(params (string Column, string Text)[] cells) =>
        AccountRequestRow.Read(cells.Select(cell => KeyValuePair.Create(cell.Column, cell.Text)), "test");
}
