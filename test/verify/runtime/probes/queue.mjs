import { log, sleep } from './log.mjs';

export const handler = async (event, context) => {
  const records = event.Records.map(record => ({ ...record, body: JSON.parse(record.body) }));
  const ids = records.map(({ body }) => body.id);
  const receives = records.map(({ attributes }) => Number(attributes.ApproximateReceiveCount));
  log({ kind: 'begin', ids, receives, requestId: context.awsRequestId, first: event.Records[0] });
  for (const { body } of records) if (body.sleeps) await sleep(body.sleeps);
  const wants = (what, { body }, index) => body[what] && (!body.once || receives[index] === 1);
  if (records.some((record, index) => wants('throws', record, index))) throw new Error('asked to');
  const failed = records.filter((record, index) => wants('reports', record, index));
  log({ kind: 'end', ids, requestId: context.awsRequestId });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
