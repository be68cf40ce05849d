using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>That the module's own data on types makes identities that hold.</summary>
public sealed class TypeIdentityTests
{
    private static readonly ResourceTypeCatalog Types = LockInFiles.Types();

    public static TheoryData<string> WithArn => [.. Types.Types.Where(type => type.Arn is not null && type.SameAs is null).Select(type => type.Type).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(WithArn))]
    public void An_ARN_and_an_id_of_each_type_give_the_same_key(string type)
    {
        var arn = Example(type);
        var byArn = ResourceIdentity.Of(new() { LocalId = "a", Type = type, Arn = arn }, Types);
        var id = Types.PatternOf(type)!.IdOf(Arn.Parse(arn)!.Value);
        Assert.NotNull(id);
        Assert.Equal(byArn, ResourceIdentity.Of(new() { LocalId = "b", Type = type, PhysicalId = id, AccountId = "111122223333", Region = "eu-west-1" }, Types));
    }

    [Theory]
    [MemberData(nameof(WithArn))]
    public void The_type_is_told_from_the_ARN(string type) => Assert.Equal(type, Types.OfArn(Arn.Parse(Example(type))!.Value, Types.Of(type)!.BillNames is [var name, ..] ? name : null));

    [Fact]
    public void A_type_that_is_the_same_as_another_leads_to_one_that_stands_for_itself() =>
        Assert.All(Types.Types.Where(type => type.SameAs is not null), type => Assert.Null(Types.Of(type.SameAs!)?.SameAs));

    [Fact]
    public void A_bare_id_of_a_bill_leads_to_one_type() =>
        Assert.Equal(("AWS::EC2::Volume", "AWS::EC2::Instance", "AWS::S3::Bucket"), (Types.OfBareId("vol-0ab6e0a1f3d0c9b2e", []), Types.OfBareId("i-0ab6e0a1f3d0c9b2e", []), Types.OfBareId("shop-files", ["AmazonS3"])));

    private static string Example(string type) => "arn:aws:" + Types.Of(type)!.Arn!
        .Replace("{region}", "eu-west-1", StringComparison.Ordinal).Replace("{account}", "111122223333", StringComparison.Ordinal)
        .Replace("{path}", "team/", StringComparison.Ordinal).Replace("{id*}", "one/two", StringComparison.Ordinal).Replace("{id}", "one", StringComparison.Ordinal)
        .Replace("*", "any", StringComparison.Ordinal).Replace("?", "x", StringComparison.Ordinal);
}
