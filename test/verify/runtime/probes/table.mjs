import { log } from './log.mjs';

export const handler = async event => {
  const { Records, ...window } = event;
  const changes = Records.map(({ eventName, dynamodb, eventSourceARN }) => ({ eventName, dynamodb, eventSourceARN }));
  log({ kind: 'begin', ids: changes.map(({ dynamodb }) => dynamodb.Keys.pk.S), changes, ...window });
  return { batchItemFailures: [], state: { count: (event.state?.count ?? 0) + Records.length } };
};
