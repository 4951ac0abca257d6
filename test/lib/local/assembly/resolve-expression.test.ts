import { describe, expect, test } from 'vitest';
import {
  type Resolver,
  referredResources,
  resolveExpression,
} from '../../../../lib/local/assembly/resolve-expression.ts';
import { place, stackOf } from '../system-of.ts';

const parent = stackOf('Shop', {
  Parameters: { Size: { Type: 'String', Default: 'large' } },
  Mappings: { Sizes: { large: { shards: 4 } } },
  Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
  Resources: {
    Orders: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } },
    Nameless: { Type: 'AWS::SQS::Queue' },
    Key: { Type: 'AWS::KMS::Key' },
  },
});
const nested = stackOf(
  'Shop/Api',
  {
    Parameters: { QueueArn: { Type: 'String' } },
    Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'items' } } },
    Outputs: { TableName: { Value: { Ref: 'Table' } } },
  },
  { parent, parameters: { QueueArn: { 'Fn::GetAtt': ['Orders', 'Arn'] } } },
);
parent.nested.set('Api', nested);
const other = stackOf('Other', { Outputs: { Out: { Value: 'shared value', Export: { Name: 'Shop:Shared' } } } });
const resolver: Resolver = {
  stacks: [parent, nested, other],
  place,
  secret: (id, key) => `secret of ${id.split(':').at(-1)} ${key}`.trim(),
};

const queueArn = 'arn:aws:sqs:eu-test-1:000000000000:orders';

test.each<[string, unknown, unknown]>([
  ['a plain text', 'text', 'text'],
  ['a reference to a queue is its URL', { Ref: 'Orders' }, 'http://127.0.0.1:9324/000000000000/orders'],
  ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-test-1'],
  ['a parameter with a default', { Ref: 'Size' }, 'large'],
  ['an attribute', { 'Fn::GetAtt': ['Orders', 'Arn'] }, queueArn],
  ['an attribute written as text', { 'Fn::GetAtt': 'Orders.QueueName' }, 'orders'],
  ['a join', { 'Fn::Join': ['-', ['a', { Ref: 'Size' }]] }, 'a-large'],
  ['a substitution', { 'Fn::Sub': `${'$'}{Size}/${'$'}{Orders.Arn}/${'$'}{!Kept}` }, `large/${queueArn}/${'$'}{Kept}`],
  ['a substitution with variables', { 'Fn::Sub': [`${'$'}{x}`, { x: { Ref: 'Size' } }] }, 'large'],
  ['a selection of a split', { 'Fn::Select': [1, { 'Fn::Split': ['|', 'a|b'] }] }, 'b'],
  ['a condition that holds', { 'Fn::If': ['Yes', 1, 2] }, 1],
  ['a condition that does not', { 'Fn::If': ['No', 1, 2] }, 2],
  ['no value in an object', { kept: 1, left: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
  ['no value in a list', [1, { Ref: 'AWS::NoValue' }], [1]],
  ['a mapping', { 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'shards'] }, 4],
  ['an output of a nested stack', { 'Fn::GetAtt': ['Api', 'Outputs.TableName'] }, 'items'],
  ['an export of another stack', { 'Fn::ImportValue': 'Shop:Shared' }, 'shared value'],
  ['base64', { 'Fn::Base64': 'a' }, 'YQ=='],
  [
    'a secret',
    '{{resolve:secretsmanager:arn:aws:secretsmanager:r:0:secret:origin:SecretString:::}}',
    'secret of origin',
  ],
  ['a key of a secret', 'x-{{resolve:secretsmanager:origin:SecretString:user::}}', 'x-secret of origin user'],
])('%s', (_name, expression, expected) => {
  expect(resolveExpression(expression, parent, resolver)).toEqual(expected);
});

test('a parameter of a nested stack is resolved where the parent gives it', () => {
  expect(resolveExpression({ Ref: 'QueueArn' }, nested, resolver)).toBe(queueArn);
});

test('a resource without a name gets the same one at every start, and another in another stack', () => {
  const name = resolveExpression({ 'Fn::GetAtt': ['Nameless', 'QueueName'] }, parent, resolver);
  expect(name).toMatch(/^Nameless-[0-9a-f]{8}$/);
  expect(resolveExpression({ 'Fn::GetAtt': ['Nameless', 'QueueName'] }, parent, resolver)).toBe(name);
});

test('a resource that does not run here still has a recognisable ARN', () => {
  expect(resolveExpression({ 'Fn::GetAtt': ['Key', 'Arn'] }, parent, resolver)).toMatch(/^arn:aws:kms:.*:Key-/);
});

describe('what an expression points at', () => {
  test('is found through the parameter of a nested stack', () => {
    const found = referredResources({ Ref: 'QueueArn' }, nested, resolver);
    expect(found.map(({ id }) => id)).toEqual(['Shop/Orders']);
  });

  test('is found through the output of a nested stack', () => {
    const found = referredResources({ 'Fn::GetAtt': ['Api', 'Outputs.TableName'] }, parent, resolver);
    expect(found.map(({ id }) => id)).toEqual(['Shop/Api/Table']);
  });
});

test.each<[string, unknown, string]>([
  ['an unknown function', { 'Fn::Length': [] }, 'Fn::Length'],
  ['an unknown reference', { Ref: 'Gone' }, 'Gone'],
  ['an unknown attribute’s resource', { 'Fn::GetAtt': ['Gone', 'Arn'] }, 'Gone.Arn'],
  ['an unknown output', { 'Fn::GetAtt': ['Api', 'Outputs.Gone'] }, 'Outputs.Gone'],
  ['an unknown export', { 'Fn::ImportValue': 'Gone' }, 'Gone'],
])('%s is refused by its name', (_name, expression, word) => {
  expect(() => resolveExpression(expression, parent, resolver)).toThrow(word);
});
