import { log, sleep } from './log.mjs';

const bodyOf = ({ kinesis }) => JSON.parse(Buffer.from(kinesis.data, 'base64').toString());

/** What each record asks for: `throws`, `reports`, both at the first attempt only with `once`; `sleeps` in milliseconds. */
const attempts = new Map();

const asks = (body, what) => {
  if (!body[what]) return false;
  const before = attempts.get(body.id) ?? 0;
  attempts.set(body.id, before + 1);
  return !body.once || before === 0;
};

export const handler = async (event, context) => {
  const bodies = event.Records.map(bodyOf);
  const { Records, ...window } = event;
  const bytes = Buffer.byteLength(JSON.stringify(event));
  const ids = bodies.map(({ id }) => id);
  log({ kind: 'begin', ids, bytes, requestId: context.awsRequestId, ...window });
  for (const body of bodies) if (body.sleeps) await sleep(body.sleeps);
  if (bodies.some(body => asks(body, 'throws'))) throw new Error('asked to');
  const failed = Records.filter((_record, index) => asks(bodies[index], 'reports')).reverse();
  log({ kind: 'end', ids, failed: failed.length, requestId: context.awsRequestId });
  return {
    batchItemFailures: failed.map(({ kinesis }) => ({ itemIdentifier: kinesis.sequenceNumber })),
    state: { count: (event.state?.count ?? 0) + ids.length },
  };
};
