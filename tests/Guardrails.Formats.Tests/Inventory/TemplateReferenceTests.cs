using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>What refers to what in a template, in every way of writing it.</summary>
public sealed class TemplateReferenceTests
{
    [Theory]
    [InlineData("!Ref Target", "A→Target")]
    [InlineData("{ Ref: Target }", "A→Target")]
    [InlineData("!GetAtt Target.Arn", "A→Target")]
    [InlineData("!GetAtt Target.Outputs.Name", "A→Target")]
    [InlineData("!GetAtt [Target, Arn]", "A→Target")]
    [InlineData("{ 'Fn::GetAtt': Target.Arn }", "A→Target")]
    [InlineData("{ 'Fn::GetAtt': [Target, Arn] }", "A→Target")]
    [InlineData("{ 'Fn::GetAtt': [Target, !Ref Other] }", "A→Other A→Target")]
    [InlineData("!Sub '${Target}-${Other.Arn}-${AWS::Region}-${Parameter}'", "A→Other A→Target")]
    [InlineData("!Sub 'a ${!Target} $Target {Target} ${'", "")]
    [InlineData("!Sub ['${Target}-${own}', { own: !Ref Other }]", "A→Other A→Target")]
    [InlineData("{ 'Fn::Sub': ['${Target}', { Target: text }] }", "")]
    [InlineData("!Join ['', [!Ref Target, { Ref: Other }]]", "A→Other A→Target")]
    [InlineData("!If [Condition, !Ref Target, !Ref Other]", "A→Other A→Target")]
    [InlineData("!Select [0, !Split [',', !GetAtt Target.List]]", "A→Target")]
    [InlineData("!FindInMap [!Ref Parameter, !Ref 'AWS::Region', key]", "")]
    [InlineData("{ 'Fn::Base64': !Sub '${Target}' }", "A→Target")]
    [InlineData("!Base64 { 'Fn::Sub': '${Target}' }", "A→Target")]
    [InlineData("!Ref A", "")]
    [InlineData("!Ref Nowhere", "A→Nowhere")]
    [InlineData("!Ref { 'Fn::Sub': Target }", "A→Target")]
    [InlineData("{ Deep: [{ List: [{ Text: !Ref Target }] }, !Ref Target] }", "A→Target")]
    [InlineData("[[!Ref Target], [], {}, ~]", "A→Target")]
    [InlineData("!ImportValue network", "A→import:network")]
    [InlineData("{ 'Fn::ImportValue': network }", "A→import:network")]
    [InlineData("{ Refer: Target, Fnord: Target, text: 'Ref: Target' }", "")]
    public void A_value_refers_to(string value, string expected) => Assert.Equal(expected, Properties(value));

    [Theory]
    [InlineData("{ 'Fn::ImportValue': !Sub '${Parameter}-network' }")]
    [InlineData("!ImportValue { 'Fn::Sub': '${Parameter}-network' }")]
    [InlineData("{ 'Fn::ImportValue': { 'Fn::Join': ['', [a, !Ref Parameter]] } }")]
    public void An_import_whose_name_is_made_at_deployment_is_a_gap(string value)
    {
        var file = Templates.ReadBoth(Template($"P: {value}"));
        Assert.Empty(Templates.References(file));
        Assert.Equal((InventoryGapKind.UnresolvedReference, 1), (file.Gaps.Single().Kind, file.Gaps.Single().Count));
    }

    [Fact]
    public void Everything_that_it_depends_on_counts_once()
    {
        Assert.Equal(["A→Target"], Templates.References(Templates.ReadBoth("{ Resources: { A: { Type: T, DependsOn: Target, Properties: { P: !Ref Target } }, Target: { Type: T } } }")));
        Assert.Equal(["A→Other", "A→Target"], Templates.References(Templates.ReadBoth("{ Resources: { A: { Type: T, DependsOn: [Target, Other] }, Target: { Type: T }, Other: { Type: T } } }")));
    }

    [Fact]
    public void Update_policies_and_what_cfn_init_reads_refer_too_and_conditions_do_not()
    {
        const string text = """
            Conditions: { C: !Equals [!Ref Third, x] }
            Resources:
              A:
                Type: AWS::Lambda::Alias
                Condition: C
                Metadata: { 'AWS::CloudFormation::Init': { config: { files: { /etc/a: { content: !Sub '${Target}' } } } } }
                UpdatePolicy: { CodeDeployLambdaAliasUpdate: { ApplicationName: !Ref Other } }
              Target: { Type: T }
              Other: { Type: T }
              Third: { Type: T }
            """;
        Assert.Equal(["A→Other", "A→Target"], Templates.References(Templates.ReadBoth(text)));
    }

    [Fact]
    public void A_resource_with_a_condition_is_counted() =>
        Assert.Equal(["A T"], Templates.Types(Templates.ReadBoth("{ Conditions: { C: !Equals [a, b] }, Resources: { A: { Type: T, Condition: C } } }")));

    [Fact]
    public void An_export_leads_to_the_one_resource_behind_it()
    {
        const string text = """
            Outputs:
              One: { Value: !GetAtt A.Arn, Export: { Name: one } }
              Two: { Value: !Join ['', [!Ref A, !Ref B]], Export: { Name: two } }
              Three: { Value: !Ref A, Export: { Name: !Sub '${AWS::StackName}-three' } }
              Four: { Value: text, Export: { Name: four } }
              Five: { Export: { Name: five }, Value: !Sub 'x-${B}-${AWS::Region}' }
              Six: { Value: !Ref A }
            Resources: { A: { Type: T }, B: { Type: T } }
            """;
        Assert.Equal(["five=B", "one=A"], Templates.ReadBoth(text).Exports.Select(one => $"{one.Key}={one.Value}"));
    }

    private static string Properties(string value) => string.Join(' ', Templates.References(Templates.ReadBoth(Template($"P: {value}"))));

    private static string Template(string properties) => $$"""
        Parameters: { Parameter: { Type: String } }
        Conditions: { Condition: !Equals [a, b] }
        Resources:
          A:
            Type: AWS::X::Y
            Properties:
              {{properties}}
          Target: { Type: T }
          Other: { Type: T }
        """;
}
