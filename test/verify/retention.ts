import { parseArgs } from 'node:util';
import { handler as compactLake } from '../../functions/jobs/compact-lake.ts';
import { handler as enforceRetention } from '../../functions/jobs/enforce-retention.ts';
import { handler as mergeLake } from '../../functions/jobs/merge-lake.ts';
import { log } from '../../functions/kit/log.ts';
import { handler as project } from '../../functions/streams/project.ts';
import { lambdaContext } from '../fixtures/lambda-context.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import { type SeededRandom, seededRandom } from '../fixtures/seeded-random.ts';
import type { Verify } from './run.ts';

const day = 86_400_000;
const people = ['retained-1', 'retained-2', 'retained-3'];
const bases = ['receivedAt', 'occurredAt'] as const;

interface Sent {
  messageId: string;
  receivedAt: number;
  timestamp: number;
}

interface Policy {
  days: number;
  basis: (typeof bases)[number];
}

interface Findings {
  /** Told although they are over. */
  expired: number;
  /** Not told although they are not over. */
  gone: number;
  looks: number;
  removed: number;
}

const call = async (run: (event: never, context: never) => Promise<unknown>): Promise<void> =>
  void (await run({} as never, lambdaContext as never));

let messages = 0;

/** Some events come now, some of which tell of what happened long ago. */
const send = async (platform: Platform, random: SeededRandom, sent: Sent[]): Promise<void> => {
  const events = Array.from({ length: 5 + random.below(10) }, () => {
    const timestamp = platform.clock.at - random.below(random.chance(0.5) ? 3 : 300) * day;
    messages += 1;
    const messageId = `message-${messages}`;
    sent.push({ messageId, receivedAt: platform.clock.at, timestamp });
    const identifiers = [{ type: 'customerId' as const, value: random.pick(people) }];
    return { messageId, identifiers, type: 'page_view', timestamp: new Date(timestamp).toISOString() };
  });
  await platform.call('trackEvents', { body: { events } });
  await platform.foldEvents();
  await project({ Records: platform.changes.splice(0), shardId: 'shard-1' } as never, lambdaContext);
  platform.clock.advance(6 * 60_000);
  for (const job of [mergeLake, compactLake]) await call(job as never);
};

/** The messages of all events that are told: of everybody, and person by person. */
const told = async ({ call: ask }: Platform): Promise<[Set<string>, Set<string>]> => {
  const [everybody, own] = [new Set<string>(), new Set<string>()];
  let cursor: string | undefined;
  do {
    const page = await ask('listEvents', {
      query: { startDate: '2000-01-01', limit: '7', ...(cursor === undefined ? {} : { cursor }) },
    });
    for (const { messageId } of page.data.items) everybody.add(messageId);
    cursor = page.data.nextCursor;
  } while (cursor !== undefined);
  for (const value of people) {
    const found = await ask('lookupProfile', { query: { type: 'customerId', value } });
    if (found.status !== 200) continue;
    const page = await ask('listProfileEvents', { params: { id: found.data.id }, query: { limit: '1000' } });
    for (const { messageId } of page.data.items) own.add(messageId);
  }
  return [everybody, own];
};

const look = async (platform: Platform, sent: readonly Sent[], policy: Policy, findings: Findings): Promise<void> => {
  const before = platform.clock.at - policy.days * day;
  const isKept = (one: Sent) => one[policy.basis === 'receivedAt' ? 'receivedAt' : 'timestamp'] >= before;
  const kept = new Set(sent.filter(isKept).map(({ messageId }) => messageId));
  for (const found of await told(platform)) {
    findings.looks += 1;
    findings.expired += [...found].filter(id => !kept.has(id)).length;
    findings.gone += [...kept].filter(id => !found.has(id)).length;
  }
};

const history = async (seed: number, findings: Findings): Promise<void> => {
  const random = seededRandom(seed);
  const platform = await openPlatform({ overrides: { readChanges: records => records as never } });
  let sent: Sent[] = [];
  let policy: Policy = { days: 1095, basis: 'receivedAt' };
  for (let step = 0; step < 6; step += 1) {
    await send(platform, random, sent);
    if (random.chance(0.5)) {
      policy = { days: 20 + random.below(200), basis: random.pick(bases) };
      await platform.call('setRetentionPolicy', { params: { name: 'events' }, body: policy });
    }
    await look(platform, sent, policy, findings);
    platform.clock.advance(random.below(40) * day);
    await look(platform, sent, policy, findings);
    const { data } = await platform.call('runRetention', { body: { dryRun: true } });
    const before = platform.clock.at - policy.days * day;
    const isOver = (one: Sent) => one[policy.basis === 'receivedAt' ? 'receivedAt' : 'timestamp'] < before;
    const over = sent.filter(isOver).length;
    if (data.events.expired !== over) findings.expired += Math.abs(data.events.expired - over);
    await call(enforceRetention as never);
    findings.removed += over;
    sent = sent.filter(one => !isOver(one));
    await look(platform, sent, policy, findings);
  }
};

/**
 * Histories of events that come when they happen, or long after, under policies that change: nothing that is over is told
 * from that moment on, nothing else is gone, before the daily run and after it.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { histories: { type: 'string', default: '20' } } });
  log.setLogLevel('SILENT');
  const findings: Findings = { expired: 0, gone: 0, looks: 0, removed: 0 };
  for (let seed = 1; seed <= Number(values.histories); seed += 1) await history(seed, findings);
  const { expired, gone, looks, removed } = findings;
  return {
    line: `retention: ${values.histories} histories, ${looks} looks, ${removed} events removed, ${expired} told although over, ${gone} gone although not over`,
    holds: expired === 0 && gone === 0 && removed > 0,
  };
};
