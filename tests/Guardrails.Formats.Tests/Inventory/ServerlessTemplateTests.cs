using Xunit;

namespace Guardrails.Formats.Tests;

/// <summary>What SAM makes of a template matters as edges.</summary>
public sealed class ServerlessTemplateTests
{
    [Theory]
    [InlineData("E: { Type: Api, Properties: { Path: /, Method: get, RestApiId: !Ref Api } }", "F→Api")]
    [InlineData("E: { Type: HttpApi, Properties: { ApiId: !Ref Api } }", "F→Api")]
    [InlineData("E: { Type: Api, Properties: { Path: /, Method: get } }", "F→ServerlessRestApi")]
    [InlineData("E: { Properties: { Path: /, Method: get }, Type: Api }", "F→ServerlessRestApi")]
    [InlineData("E: { Type: HttpApi }", "F→ServerlessHttpApi")]
    [InlineData("E: { Type: SQS, Properties: { Queue: !GetAtt Source.Arn } }", "F→Source")]
    [InlineData("E: { Type: SNS, Properties: { Topic: !Ref Source } }", "F→Source")]
    [InlineData("E: { Type: Kinesis, Properties: { Stream: !GetAtt Source.Arn, StartingPosition: LATEST } }", "F→Source")]
    [InlineData("E: { Type: DynamoDB, Properties: { Stream: !GetAtt Source.StreamArn } }", "F→Source")]
    [InlineData("E: { Type: S3, Properties: { Bucket: !Ref Source, Events: 's3:ObjectCreated:*' } }", "F→Source")]
    [InlineData("E: { Type: Schedule, Properties: { Schedule: rate(1 hour), DeadLetterConfig: { Arn: !GetAtt Source.Arn } } }", "F→Source")]
    [InlineData("E: { Type: EventBridgeRule, Properties: { EventBusName: !Ref Source } }", "F→Source")]
    public void An_event_leads_to_its_source(string @event, string expected)
    {
        var file = Templates.ReadBoth($$"""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { Handler: a.b, Events: { {{@event}} } } }
              Api: { Type: AWS::Serverless::Api }
              Source: { Type: T }
            """);
        Assert.Equal([expected], Templates.References(file));
        Assert.Empty(file.Gaps);
    }

    [Fact]
    public void The_implicit_API_is_one_resource_with_what_Globals_say_of_APIs()
    {
        var file = Templates.ReadBoth("""
            Globals: { Api: { Auth: { UserPoolArn: !GetAtt Users.Arn }, Tags: { Workload: shop } } }
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { Events: { E: { Type: Api }, D: { Type: Api } } } }
              G: { Type: AWS::Serverless::Function, Properties: { Events: { E: { Type: Api }, H: { Type: HttpApi } } } }
              Users: { Type: AWS::Cognito::UserPool }
            Outputs: { Url: { Value: !Sub 'https://${ServerlessRestApi}.x', Export: { Name: url } } }
            """);
        Assert.Equal(
            ["F AWS::Serverless::Function", "G AWS::Serverless::Function", "ServerlessHttpApi AWS::Serverless::HttpApi", "ServerlessRestApi AWS::Serverless::Api", "Users AWS::Cognito::UserPool"],
            Templates.Types(file));
        Assert.Equal(["F→ServerlessRestApi", "G→ServerlessHttpApi", "G→ServerlessRestApi", "ServerlessRestApi→Users"], Templates.References(file));
        Assert.Equal("shop", file.Resources.Single(one => one.LocalId == "ServerlessRestApi").Workload);
        Assert.Equal([KeyValuePair.Create("url", "ServerlessRestApi")], file.Exports);
    }

    [Theory]
    [InlineData("", "F→GlobalRole F→Table", "Image", "global")]
    [InlineData("Role: !GetAtt OwnRole.Arn, PackageType: Zip", "F→OwnRole F→Table", "Zip", "global")]
    [InlineData("Environment: { Variables: { B: !Ref OwnRole } }, Tags: { Workload: own }", "F→GlobalRole F→OwnRole F→Table", "Image", "own")]
    public void Globals_hold_for_every_function_and_its_own_properties_go_before(string own, string references, string variant, string workload)
    {
        foreach (var order in (string[])["Type: AWS::Serverless::Function, Properties: { " + own + " }", "Properties: { " + own + " }, Type: AWS::Serverless::Function"])
        {
            var file = Templates.ReadBoth($$"""
                Resources:
                  F: { {{order}} }
                  Table: { Type: AWS::DynamoDB::Table }
                  GlobalRole: { Type: AWS::IAM::Role }
                  OwnRole: { Type: AWS::IAM::Role }
                Globals: { Function: { Role: !GetAtt GlobalRole.Arn, PackageType: Image, Environment: { Variables: { A: !Ref Table } }, Tags: { Workload: global } } }
                """);
            Assert.Equal(references, string.Join(' ', Templates.References(file)));
            var function = file.Resources.Single(one => one.LocalId == "F");
            Assert.Equal((variant, workload), (function.Variant, function.Workload));
        }
    }

    [Fact]
    public void Policy_templates_refer_to_what_they_allow() =>
        Assert.Equal(["F→Table"], Templates.References(Templates.ReadBoth("Resources: { F: { Type: AWS::Serverless::Function, Properties: { Policies: [AWSLambdaExecute, { DynamoDBCrudPolicy: { TableName: !Ref Table } }] } }, Table: { Type: T } }")));

    [Theory]
    [InlineData("C: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: F }, Destination: { Id: Table }, Permissions: [Read] } }", "F→Table")]
    [InlineData("C: { Type: AWS::Serverless::Connector, Properties: { Destination: [{ Id: Table }, { Id: Other }], Source: { Id: F } } }", "F→Other F→Table")]
    [InlineData("C: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: F }, Destination: { Type: T, Arn: !GetAtt Table.Arn } } }", "C→F C→Table")]
    [InlineData("C: { Type: AWS::Serverless::Function, Connectors: { One: { Properties: { Destination: { Id: Table } } }, Two: { Properties: { Destination: [{ Id: F }, { Arn: !GetAtt Other.Arn }] } } } }", "C→F C→Other C→Table")]
    [InlineData("C: { Type: AWS::Pipes::Pipe, Properties: { Source: { Id: F }, Destination: { Id: Table } } }", "")]
    public void Connectors_are_edges_between_what_they_connect(string connector, string expected)
    {
        var file = Templates.ReadBoth($"Resources: {{ F: {{ Type: AWS::Serverless::Function }}, Table: {{ Type: T }}, Other: {{ Type: T }}, {connector} }}");
        Assert.Equal(expected, string.Join(' ', Templates.References(file)));
    }
}
