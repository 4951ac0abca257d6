import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { isOutage } from '../../../functions/kit/is-outage.ts';

const named = (name: string): Error => Object.assign(new Error(name), { name });
const ofService = (name: string, $fault: 'client' | 'server'): Error =>
  new DynamoDBServiceException({ name, $fault, message: name, $metadata: {} });

test.each<[string, unknown, boolean]>([
  ['a timeout', named('TimeoutError'), true],
  ['a throttle', ofService('ThrottlingException', 'client'), true],
  ['a fault of the service', ofService('SomethingNew', 'server'), true],
  ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
  ['a request that the service refuses', ofService('ValidationException', 'client'), false],
  ['a mistake of ours', new TypeError('x is not a function'), false],
  ['what is no error', 'TimeoutError', false],
])('%s', (_what, fault, outage) => expect(isOutage(fault)).toBe(outage));
