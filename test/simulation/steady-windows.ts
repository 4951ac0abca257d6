import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AcceptedEvent } from '../../core/model/accepted-event.ts';
import { envelopes } from '../../functions/adapters/stores/envelope.ts';
import { tableProfileStore } from '../../functions/adapters/stores/table-profile-store.ts';
import { dynamoTable } from '../../functions/adapters/table/dynamo-table.ts';
import { log } from '../../functions/kit/log.ts';
import { provideServices } from '../../functions/kit/provided-services.ts';
import { handler } from '../../functions/streams/fold-events.ts';
import { lambdaContext } from '../fixtures/lambda-context.ts';
import { platformServices, testClock } from '../fixtures/platform-services.ts';
import { someEvent, someTime } from '../fixtures/profile-states.ts';

/** Counts the requests that a client sends, those that the SDK sends again included. */
export const countedRequests = (client: DynamoDBDocumentClient): (() => number) => {
  let sent = 0;
  client.middlewareStack.add(
    next => args => {
      sent += 1;
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  return () => sent;
};

/** What one window of known people does: 1.1 events each, a fifth of them purchases without an order. */
export const windowOf = (people: number): AcceptedEvent[] =>
  Array.from({ length: Math.round(people * 1.1) }, (_, number) =>
    someEvent({
      identifiers: [{ type: 'customerId', value: `steady-${number % people}` }],
      ...(number % 5 === 0 ? { type: 'purchase', properties: { amount: 12.5 } } : {}),
    }),
  );

/** Events as the stream hands them over. */
export const recordsOf = (events: readonly AcceptedEvent[]) =>
  envelopes(events).map(({ data }, index) => ({
    eventID: `shardId-000000000000:${index}`,
    kinesis: {
      sequenceNumber: String(index),
      data: Buffer.from(data).toString('base64'),
      approximateArrivalTimestamp: someTime / 1000,
    },
  }));

/** The real worker over the embedded engine; returns functions that give it records, or one window of events. */
export const steadyWorker = (client: DynamoDBDocumentClient, tableName: string) => {
  const table = dynamoTable(client, tableName);
  const profiles = tableProfileStore(table);
  log.setLogLevel('SILENT');
  provideServices(platformServices(table, testClock(), { profiles }).services);
  const deliver = async (records: readonly object[]): Promise<void> => {
    const { batchItemFailures } = await handler({ Records: records } as never, lambdaContext);
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} records failed`);
  };
  const fold = (events: readonly AcceptedEvent[]): Promise<void> => deliver(recordsOf(events));
  return { deliver, fold, profiles };
};
