import { LocalError } from '../local-error.ts';
import type { Resource } from './stack.ts';

/** What becomes of a resource type on this machine. */
export type Treatment = { runs: string } | { notNeeded: string } | { refused: string };

const run = (how: string): Treatment => ({ runs: how });
const skip = (why: string): Treatment => ({ notNeeded: why });
const refuse = (why: string): Treatment => ({ refused: why });

const rights = 'rights are not enforced on this machine; tests check the policies in the templates';
const watching = 'alarms and dashboards watch the cloud; here the log tells';
const edge = 'there is no edge network here; the local server takes the behaviours from the distribution';
const identity = 'people sign in with the local link';
const deployment = 'only a deployment needs it';
const catalogue = 'the lake is queried in place';

/**
 * Every resource type the runtime knows, and what it does with it. A type that is not listed is refused at start:
 * a new kind of resource needs a decision, not a silence. More functions, routes, queues or schedules need none.
 */
export const resourceTypes: Record<string, Treatment> = {
  'AWS::ApiGatewayV2::Api': run('http/'),
  'AWS::ApiGatewayV2::Authorizer': run('http/authorizer.ts'),
  'AWS::ApiGatewayV2::Integration': run('http/'),
  'AWS::ApiGatewayV2::Route': run('http/route-match.ts'),
  'AWS::ApiGatewayV2::Stage': run('http/'),
  'AWS::CloudFormation::Stack': run('assembly/read-assembly.ts'),
  'AWS::CloudFront::Distribution': run('http/behaviours.ts: which path goes to which origin'),
  'AWS::CloudFront::Function': run('http/edge-function.ts: on viewer requests'),
  'AWS::CloudFront::ResponseHeadersPolicy': run('http/edge-headers.ts: security headers'),
  'AWS::DynamoDB::GlobalTable': run('engines/dynamodb.ts'),
  'AWS::DynamoDB::Table': run('engines/dynamodb.ts'),
  'AWS::Events::Rule': run('schedules/'),
  'AWS::Kinesis::Stream': run('engines/kinesis.ts'),
  'AWS::Lambda::EventInvokeConfig': run('schedules/: attempts of asynchronous invocations'),
  'AWS::Lambda::EventSourceMapping': run('mappings/'),
  'AWS::Lambda::Function': run('worker/'),
  'AWS::Lambda::LayerVersion': run('worker/'),
  'AWS::Lambda::Url': run('http/function-url.ts'),
  'AWS::S3::Bucket': run('engines/objects/'),
  'AWS::SQS::Queue': run('engines/queues/'),
  'AWS::Scheduler::Schedule': run('schedules/'),
  'AWS::SecretsManager::Secret': run('engines/secrets/'),
  'Custom::CDKBucketDeployment': run('http/static-site.ts'),

  'AWS::ApiGatewayV2::ApiMapping': skip(edge),
  'AWS::ApiGatewayV2::DomainName': skip(edge),
  'AWS::Athena::WorkGroup': skip(catalogue),
  'AWS::Backup::BackupPlan': skip(deployment),
  'AWS::Backup::BackupSelection': skip(deployment),
  'AWS::Backup::BackupVault': skip(deployment),
  'AWS::Budgets::Budget': skip(watching),
  'AWS::CDK::Metadata': skip(deployment),
  'AWS::CertificateManager::Certificate': skip(edge),
  'AWS::CloudFront::CachePolicy': skip(edge),
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': skip(edge),
  'AWS::CloudFront::KeyValueStore': skip(edge),
  'AWS::CloudFront::OriginAccessControl': skip(edge),
  'AWS::CloudFront::OriginRequestPolicy': skip(edge),
  'AWS::CloudWatch::Alarm': skip(watching),
  'AWS::CloudWatch::CompositeAlarm': skip(watching),
  'AWS::CloudWatch::Dashboard': skip(watching),
  'AWS::Cognito::UserPool': skip(identity),
  'AWS::Cognito::UserPoolClient': skip(identity),
  'AWS::Cognito::UserPoolDomain': skip(identity),
  'AWS::Cognito::UserPoolGroup': skip(identity),
  'AWS::Cognito::UserPoolResourceServer': skip(identity),
  'AWS::Events::EventBus': skip('the handlers are given an in-process bus'),
  'AWS::Glue::Database': skip(catalogue),
  'AWS::Glue::Table': skip(catalogue),
  'AWS::IAM::ManagedPolicy': skip(rights),
  'AWS::IAM::Policy': skip(rights),
  'AWS::IAM::Role': skip(rights),
  'AWS::KMS::Alias': skip('keys of the cloud; what is secret here is sealed under a local key'),
  'AWS::KMS::Key': skip('keys of the cloud; what is secret here is sealed under a local key'),
  'AWS::Lambda::Permission': skip(rights),
  'AWS::Logs::LogGroup': skip('logs go to the terminal'),
  'AWS::Logs::MetricFilter': skip(watching),
  'AWS::Logs::ResourcePolicy': skip(rights),
  'AWS::Route53::RecordSet': skip(edge),
  'AWS::S3::BucketPolicy': skip(rights),
  'AWS::SNS::Subscription': skip(watching),
  'AWS::SNS::Topic': skip(watching),
  'AWS::SNS::TopicPolicy': skip(rights),
  'AWS::SQS::QueuePolicy': skip(rights),
  'AWS::SSM::Parameter': skip('values reach the functions through their environment'),
  'AWS::Scheduler::ScheduleGroup': skip('schedules run one by one'),
  'AWS::SecretsManager::ResourcePolicy': skip(rights),
  'AWS::WAFv2::WebACL': skip(edge),
  'AWS::WAFv2::WebACLAssociation': skip(edge),
  'Custom::CrossRegionExportReader': skip(deployment),
  'Custom::CrossRegionExportWriter': skip(deployment),
  'Custom::LogRetention': skip('logs go to the terminal'),
  'Custom::S3AutoDeleteObjects': skip(deployment),
  'Custom::S3BucketNotifications': refuse('the local object server sends no notifications'),

  'AWS::ApiGateway::RestApi': refuse('only HTTP APIs (AWS::ApiGatewayV2::Api) run on this machine'),
  'AWS::EC2::Instance': refuse('the product is serverless'),
  'AWS::ECS::Service': refuse('the product is serverless'),
  'AWS::RDS::DBInstance': refuse('the product keeps its records in DynamoDB'),
  'AWS::SecretsManager::RotationSchedule': refuse('local secrets are not rotated'),
  'AWS::StepFunctions::StateMachine': refuse('state machines do not run on this machine'),
};

/** Throws a `LocalError` naming type and logical id for the first resource that is refused or in no column. */
export const refuseUnknownTypes = (resources: readonly Resource[]): void => {
  for (const { id, type } of resources) {
    const treatment = resourceTypes[type];
    if (!treatment)
      throw new LocalError(
        `${id} is of the type ${type}, which the local runtime does not know. Give it a line in lib/local/assembly/resource-types.ts.`,
      );
    if ('refused' in treatment) throw new LocalError(`${id} (${type}) cannot run here: ${treatment.refused}.`);
  }
};
