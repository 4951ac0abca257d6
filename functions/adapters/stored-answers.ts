import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Problem } from '../../core/errors.ts';
import type { AnswerOnce } from '../../core/ports/answer-once.ts';
import { keys } from './stores/access-patterns.ts';

const keepSeconds = 24 * 3600;

export const storedAnswers = (client: DynamoDBClient, tableName: string): AnswerOnce => {
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName,
    awsSdkV3Client: client,
    keyAttr: 'pk',
    sortKeyAttr: 'sk',
    staticPkValue: keys.answer('').pk,
    expiryAttr: 'ttl',
  });
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'key',
    payloadValidationJmesPath: 'request',
    throwOnNoIdempotencyKey: true,
    expiresAfterSeconds: keepSeconds,
    hashFunction: 'sha256',
  });
  return async <Answer>(key: string, request: unknown, run: () => Promise<Answer>): Promise<Answer> => {
    const plain = async (_keyed: { key: string; request: unknown }) => JSON.parse(JSON.stringify(await run()));
    const once = makeIdempotent(plain, { persistenceStore, config });
    try {
      return (await once({ key, request: request ?? null })) as Answer;
    } catch (fault) {
      throw asProblem(fault);
    }
  };
};

const asProblem = (fault: unknown): unknown => {
  if (fault instanceof IdempotencyAlreadyInProgressError) {
    return new Problem('CONFLICT', 'A request with this Idempotency-Key is being answered; try again');
  }
  if (fault instanceof IdempotencyValidationError) {
    return new Problem('VALIDATION_FAILED', 'This Idempotency-Key was used with another request', [
      { path: 'headers.idempotency-key', reason: 'was used with another request' },
    ]);
  }
  return fault instanceof Error && fault.cause instanceof Problem ? fault.cause : fault;
};
