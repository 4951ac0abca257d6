import type { Place } from './place.ts';
import type { Resource } from './stack.ts';

type Attributes = (name: string, place: Place, resource: Resource) => Record<string, string>;

/** The URL under which a queue is reached on this machine. */
export const queueUrl = (place: Place, name: string): string => `${place.queueOrigin}/${place.accountId}/${name}`;

/** The local address of a function URL; AWS gives it a host of its own, here it is a path. */
export const functionUrl = (place: Place, logicalId: string): string => `${place.origin}/_url/${logicalId}/`;

const table: Attributes = (name, { region, accountId }) => ({
  Ref: name,
  Arn: `arn:aws:dynamodb:${region}:${accountId}:table/${name}`,
  StreamArn: `arn:aws:dynamodb:${region}:${accountId}:table/${name}/stream/local`,
  TableId: name,
});

/** What `Ref` (under its own name) and `Fn::GetAtt` answer, for the types whose values the functions use. */
const attributes: Record<string, Attributes> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Kinesis::Stream': (name, { region, accountId }) => ({
    Ref: name,
    Arn: `arn:aws:kinesis:${region}:${accountId}:stream/${name}`,
  }),
  'AWS::SQS::Queue': (name, place) => ({
    Ref: queueUrl(place, name),
    QueueUrl: queueUrl(place, name),
    QueueName: name,
    Arn: `arn:aws:sqs:${place.region}:${place.accountId}:${name}`,
  }),
  'AWS::S3::Bucket': (name, { objectOrigin }) => ({
    Ref: name,
    Arn: `arn:aws:s3:::${name}`,
    DomainName: `${name}.s3.amazonaws.com`,
    RegionalDomainName: new URL(objectOrigin).host,
  }),
  'AWS::Lambda::Function': (name, { region, accountId }) => ({
    Ref: name,
    Arn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
  }),
  'AWS::Lambda::Url': (_name, place, resource) => {
    const url = functionUrl(place, resource.logicalId);
    return { Ref: url, FunctionUrl: url };
  },
  'AWS::ApiGatewayV2::Api': (name, { origin }) => ({ Ref: name, ApiEndpoint: origin }),
  'AWS::CloudFront::Distribution': (name, { origin }) => ({ Ref: name, DomainName: new URL(origin).host }),
  'AWS::SecretsManager::Secret': (name, { region, accountId }) => {
    const arn = `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`;
    return { Ref: arn, Id: arn, Arn: arn };
  },
};

/**
 * The value of `Ref` (attribute `Ref`) or `Fn::GetAtt` of a resource. A type that does not run here answers with a
 * recognisable text: a function may carry the ARN of a key it never uses on this machine.
 */
export const attributeOf = (resource: Resource, name: string, attribute: string, place: Place): string => {
  const known = attributes[resource.type]?.(name, place, resource)[attribute];
  if (known !== undefined) return known;
  if (attribute === 'Ref') return name;
  if (attribute === 'Arn') {
    const service = resource.type.split('::')[1]?.toLowerCase() ?? 'local';
    return `arn:aws:${service}:${place.region}:${place.accountId}:${name}`;
  }
  return `${name}.${attribute}`;
};
