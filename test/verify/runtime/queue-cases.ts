import { ReceiveMessageCommand, SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { holds, type ProbeCase, same } from './probe-case.ts';
import { type ProbeEntry, until } from './probe-logs.ts';
import type { ProbeRuntime } from './probe-runtime.ts';

/** What a message asks of the probe that receives it. */
interface Asked {
  id: string;
  group?: string;
  throws?: boolean;
  reports?: boolean;
  once?: boolean;
  sleeps?: number;
}

/** Sends messages to the queue of a probe, ten at a time, in order. */
export const send = async (
  runtime: ProbeRuntime,
  name: string,
  asked: readonly Asked[],
  delaySeconds = 0,
): Promise<void> => {
  const QueueUrl = runtime.queueUrl(name);
  for (let start = 0; start < asked.length; start += 10)
    await runtime.clients.queues.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: asked.slice(start, start + 10).map(({ group, ...body }) => ({
          Id: body.id,
          MessageBody: JSON.stringify(body),
          MessageGroupId: group,
          MessageAttributes: { kind: { DataType: 'String', StringValue: 'probe' } },
          ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
        })),
      }),
    );
};

const numbered = (count: number, more: (index: number) => Partial<Asked> = () => ({})): Asked[] =>
  Array.from({ length: count }, (_one, index) => ({ id: `m${index}`, ...more(index) }));

const begun = (entries: readonly ProbeEntry[]): ProbeEntry[] => entries.filter(({ kind }) => kind === 'begin');

const record: ProbeCase = {
  name: 'queue: a message reaches the function as Lambda hands it over',
  run: async ({ runtime }) => {
    await send(runtime, 'probe-visible', [{ id: 'plain' }]);
    const entries = await runtime.logs.when('visible', 'the message', all =>
      all.some(({ ids }) => ids.includes('plain')),
    );
    const [{ first } = { first: undefined }] = entries.filter(({ ids }) => ids.includes('plain'));
    const facts = first as Record<string, unknown>;
    same(
      'source',
      [facts.eventSource, facts.eventSourceARN, facts.awsRegion],
      ['aws:sqs', 'arn:aws:sqs:us-east-1:000000000000:probe-visible', 'us-east-1'],
    );
    same('attributes', facts.messageAttributes, {
      kind: { stringValue: 'probe', stringListValues: [], binaryListValues: [], dataType: 'String' },
    });
    const attributes = Object.keys(facts.attributes as object);
    const expected = ['ApproximateFirstReceiveTimestamp', 'ApproximateReceiveCount', 'SentTimestamp', 'SenderId'];
    holds(
      'system attributes',
      expected.every(name => attributes.includes(name)),
      attributes,
    );
  },
};

const visibility: ProbeCase = {
  name: 'queue: a failed message comes again when its visibility timeout has passed',
  run: async ({ runtime }) => {
    await send(runtime, 'probe-visible', [{ id: 'again', throws: true, once: true }]);
    const own = (all: ProbeEntry[]) => begun(all).filter(({ ids }) => ids.includes('again'));
    const entries = own(await runtime.logs.when('visible', 'a second attempt', all => own(all).length === 2));
    same(
      'the receive counts',
      entries.map(({ receives }) => receives),
      [[1], [2]],
    );
    const [first, second] = entries.map(({ at }) => at);
    holds('after 2 s', Number(second) - Number(first) >= 1900, entries);
  },
};

const deadLetters: ProbeCase = {
  name: 'queue: after maxReceiveCount a message lies in the dead letter queue',
  run: async ({ runtime }) => {
    await send(runtime, 'probe-dead', [{ id: 'poison', throws: true }]);
    const QueueUrl = runtime.queueUrl('probe-dead-dead');
    const message = await until('a dead letter', async () => {
      const { Messages } = await runtime.clients.queues.send(new ReceiveMessageCommand({ QueueUrl }));
      return Messages?.[0];
    });
    same('its body', JSON.parse(message.Body ?? ''), { id: 'poison', throws: true });
    same(
      'the receive counts',
      runtime.logs.begun('dead').map(({ receives }) => receives),
      [[1], [2]],
    );
  },
};

const someFail: ProbeCase = {
  name: 'queue: of a batch only the messages that failed come again',
  run: async ({ runtime }) => {
    await send(
      runtime,
      'probe-some',
      numbered(5, index => (index === 2 ? { reports: true, once: true } : {})),
    );
    const ids = (all: ProbeEntry[]) => begun(all).flatMap(entry => entry.ids);
    const entries = await runtime.logs.when('some', 'a second attempt', all => ids(all).length === 6);
    same('the second attempt', begun(entries).at(-1)?.ids, ['m2']);
    same('the first attempts', ids(entries).slice(0, 5).sort(), ['m0', 'm1', 'm2', 'm3', 'm4']);
  },
};

const gathered: ProbeCase = {
  name: 'queue: a batch of more than ten is gathered within its window',
  run: async ({ runtime }) => {
    await send(runtime, 'probe-gathered', numbered(12));
    const entries = await runtime.logs.when(
      'gathered',
      'one batch',
      all => runtime.logs.ended('gathered').length === 12 && all.length > 0,
    );
    same(
      'one batch',
      begun(entries).map(({ ids }) => ids.length),
      [12],
    );
  },
};

const groups: ProbeCase = {
  name: 'queue: a FIFO group keeps its order and is handed over one batch at a time',
  run: async ({ runtime }) => {
    const messages = numbered(12, index => ({ group: index % 2 === 0 ? 'even' : 'odd', sleeps: 50 }));
    await send(runtime, 'probe-groups.fifo', messages);
    const entries = await runtime.logs.when('groups', 'all messages', () => runtime.logs.ended('groups').length === 12);
    for (const group of ['even', 'odd']) {
      const own = messages.filter(one => one.group === group).map(({ id }) => id);
      same(
        `the order of ${group}`,
        runtime.logs.ended('groups').filter(id => own.includes(id)),
        own,
      );
      const open = new Set<string>();
      for (const { kind, ids, requestId = '' } of entries) {
        if (!ids.some(id => own.includes(id))) continue;
        if (kind === 'end') open.delete(requestId);
        else holds(`one batch of ${group} at a time`, open.add(requestId).size === 1, entries);
      }
    }
  },
};

const concurrency: ProbeCase = {
  name: 'queue: no more batches are in work at once than the mapping allows, and as many as it allows',
  run: async ({ runtime }) => {
    await send(
      runtime,
      'probe-busy',
      numbered(8, () => ({ sleeps: 200 })),
    );
    const entries = await runtime.logs.when('busy', 'all messages', () => runtime.logs.ended('busy').length === 8);
    let open = 0;
    const levels = entries.map(({ kind }) => {
      open += kind === 'begin' ? 1 : -1;
      return open;
    });
    same('the most at once', Math.max(...levels), 2);
  },
};

/** Queues: visibility, dead letters, batches, groups. */
export const queueCases: ProbeCase[] = [record, visibility, deadLetters, someFail, gathered, groups, concurrency];
