import { beforeEach, describe, expect, test } from 'vitest';
import { eraseProfile } from '../../../../core/flows/erase-profile.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { nextEventId } from '../../../../functions/adapters/ids.ts';
import { provideServices } from '../../../../functions/kit/provided-services.ts';
import { customerEvent } from '../../../fixtures/customer-events.ts';
import { loopPlatform } from '../../../fixtures/loop-platform.ts';
import type { Platform } from '../../../fixtures/open-platform.ts';
import { handlerOf } from '../../../fixtures/platform-gateway.ts';
import { addKey } from '../../../fixtures/platform-keys.ts';
import { Loop } from '../../../fixtures/run-loop.ts';
import { type StreamedAnswer, streamedAnswer } from '../../../fixtures/streamed-answer.ts';

let loop: Loop;
let platform: Platform;

const visit = (customer: string, type = 'page_view'): AcceptedEvent => ({
  ...customerEvent(customer, { type, at: new Date(loop.clock.at).toISOString() }),
  id: nextEventId(loop.clock.at),
});
const commit = async (...events: AcceptedEvent[]): Promise<AcceptedEvent[]> => {
  await loop.fold(events);
  await loop.run();
  return events;
};
const idsIn = (events: readonly { id: string }[]) => events.map(({ id }) => id);
const poll = async (query: Record<string, unknown>) => (await platform.call('streamEvents', { query })).data;

/** The feed as a client of server-sent events has it, until it has told enough. */
const listen = async (
  enough: (body: string) => boolean,
  { query = {}, headers = {} }: { query?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<StreamedAnswer & { messages: { id?: string; event?: string; data?: string }[] }> => {
  provideServices(platform.services);
  const handler = await handlerOf({ id: 'streamEvents', capability: 'events' });
  const event = {
    headers: { 'x-api-key': platform.keys.admin, ...headers },
    queryStringParameters: query,
    requestContext: { requestId: 'request-1' },
  };
  const answer = await streamedAnswer(handler, event, body => !enough(body));
  const messages = answer.body
    .split('\n\n')
    .map(block => Object.fromEntries(block.split('\n').map(line => line.split(/: (.*)/s).slice(0, 2))))
    .filter(message => 'id' in message);
  return { ...answer, messages };
};
const told = ({ messages }: Awaited<ReturnType<typeof listen>>): string[] =>
  messages.flatMap(({ event, data }) => (event === undefined ? [JSON.parse(data ?? '').id] : []));

beforeEach(async () => {
  loop = new Loop();
  platform = await loopPlatform(loop);
});

describe('asked with `after`', () => {
  test('the feed tells what came since, each event once', async () => {
    await commit(visit('ada'));
    const start = await poll({ after: 'now' });
    expect(start).toMatchObject({ items: [], gap: false });
    const first = await commit(visit('ada'), visit('bob'));
    const second = await commit(visit('ada'));
    const found = await poll({ after: start.after });
    expect(idsIn(found.items).sort()).toEqual(idsIn([...first, ...second]).sort());
    expect((await poll({ after: found.after })).items).toEqual([]);
  });

  test('a small limit cuts anywhere, and what follows goes on from there', async () => {
    const events = await commit(...Array.from({ length: 7 }, (_, index) => visit(`customer${index % 2}`)));
    const seen: string[] = [];
    for (let after = 'start', more = true; more; ) {
      const page = await poll({ after, limit: 2 });
      seen.push(...idsIn(page.items));
      more = page.items.length > 0;
      after = page.after;
    }
    expect(seen.sort()).toEqual(idsIn(events).sort());
  });

  test('an event is a place, too', async () => {
    const [first] = await commit(visit('ada'));
    loop.clock.advance(120_000);
    const [second] = await commit(visit('ada'));
    loop.clock.advance(120_000);
    const later = await commit(visit('bob'));
    expect(idsIn((await poll({ after: second?.id })).items)).toEqual(expect.arrayContaining(idsIn(later)));
    expect(idsIn((await poll({ after: second?.id })).items)).not.toContain(first?.id);
  });

  test('filters leave out what is not meant, and who was merged or erased is nobody', async () => {
    await commit(visit('ada', 'page_view'), visit('bob', 'page_view'));
    const purchases = await commit(visit('ada', 'sign_up'), visit('bob', 'sign_up'));
    expect(idsIn((await poll({ after: 'start', type: 'sign_up' })).items).sort()).toEqual(idsIn(purchases).sort());
    const owners = await loop.services.profiles.ownersOf(['customerId#ada', 'customerId#bob']);
    const ada = owners.get('customerId#ada') ?? '';
    const { items } = await poll({ after: 'start', profileId: ada });
    expect(items).toHaveLength(2);
    expect(new Set(items.map(({ profileId }) => profileId))).toEqual(new Set([ada]));
    await eraseProfile(ada, loop.services);
    expect((await poll({ after: 'start', profileId: ada })).items).toEqual([]);
    expect((await poll({ after: 'start' })).items).toHaveLength(2);
  });

  test('what is no place is refused', async () => {
    const answer = await platform.call('streamEvents', { query: { after: 'yesterday, noon' } });
    expect(answer.status).toBe(422);
    expect(answer.error.details).toEqual([{ path: 'query.after', reason: 'is no place in the feed' }]);
  });

  test('a place whose successors are gone is told to have missed some', async () => {
    await commit(visit('ada'));
    const { after } = await poll({ after: 'now' });
    for (let times = 0; times < 3; times += 1) await commit(visit('ada'));
    const objects = await loop.services.lakePartitions.hot();
    await loop.services.lakePartitions.removeHot(objects.slice(0, -1));
    expect((await poll({ after })).gap).toBe(true);
  });
});

describe('as server-sent events', () => {
  test('the feed begins where it stands, and tells what is committed from then on', async () => {
    await commit(visit('ada'));
    let late: AcceptedEvent[] = [];
    const heard = listen(body => late.length > 0 && late.every(({ id }) => body.includes(id)));
    late = await commit(visit('bob'), visit('ada'));
    const answer = await heard;
    expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(answer.messages[0]).toMatchObject({ event: 'ready' });
    expect(told(answer).sort()).toEqual(idsIn(late).sort());
  });

  test.each([1, 2, 3, 5])('who was cut off after %i events goes on without a gap and without a repeat', async cut => {
    const { after } = await poll({ after: 'now' });
    const events = await commit(...Array.from({ length: 6 }, (_, index) => visit(`customer${index % 3}`)));
    const count = (body: string) => body.split('\ndata: {"id"').length - 1;
    const first = await listen(body => count(body) >= cut, { headers: { 'last-event-id': after } });
    const place = first.messages.at(-1)?.id ?? '';
    const rest = await listen(body => count(body) >= events.length - cut, { headers: { 'last-event-id': place } });
    expect([...told(first), ...told(rest)].sort()).toEqual(idsIn(events).sort());
  });

  test('it says nothing for 15 s at most, and ends after ten minutes with a place to go on from', async () => {
    const { now } = loop.services;
    Object.defineProperty(platform.services, 'now', {
      value: () => {
        loop.clock.advance(20_000);
        return now();
      },
    });
    const answer = await listen(() => false);
    const blocks = answer.body.split('\n\n');
    expect(blocks.filter(block => block === ': heartbeat').length).toBeGreaterThan(2);
    const end = answer.messages.at(-1);
    expect(end).toMatchObject({ event: 'end' });
    expect((await poll({ after: end?.id })).gap).toBe(false);
  }, 60_000);

  test.each(['key', 'ticket'])('whose %s ends is told nothing more within 60 seconds', async kind => {
    const key = await addKey(platform.services, { scopes: ['read'] });
    const { ticket } = (await platform.call('createStreamTicket', { key })).data;
    let revokedAt = 0;
    const { now } = loop.services;
    Object.defineProperty(platform.services, 'now', {
      value: () => {
        loop.clock.advance(5000);
        return now();
      },
    });
    const revoked = async () => {
      await platform.call('revokeApiKey', { params: { id: `key-${key.split('_')[2]}` } });
      revokedAt = loop.clock.at;
    };
    const given =
      kind === 'key' ? { headers: { 'x-api-key': key } } : { headers: { 'x-api-key': '' }, query: { ticket } };
    const heard = listen(() => loop.clock.at < revokedAt + 60_000 || revokedAt === 0, given);
    await revoked();
    expect((await heard).messages.map(({ event }) => event)).not.toContain('end');
    expect(loop.clock.at).toBeLessThan(revokedAt + 60_000);
  });

  test('a place that is none is refused before anything is told', async () => {
    const answer = await listen(() => false, { headers: { 'last-event-id': 'nonsense' } });
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toMatchObject({ success: false, error: { code: 'VALIDATION_FAILED' } });
  });

  test('nobody listens without a key', async () => {
    const answer = await listen(() => false, { headers: { 'x-api-key': 'nonsense' } });
    expect(answer.statusCode).toBe(401);
  });

  test('what a caller may not see is not told', async () => {
    const { after } = await poll({ after: 'now' });
    await commit({ ...visit('ada'), deviceId: 'phone-of-ada' });
    const masked = await addKey(platform.services, { scopes: ['read'], fieldPolicy: { identifier: 'mask' } });
    const headers = { 'last-event-id': after, 'x-api-key': masked };
    const answer = await listen(body => body.includes('"deviceId"'), { headers });
    expect(answer.body).not.toContain('phone-of-ada');
  });
});

describe('a ticket', () => {
  const ticket = async (key = platform.keys.admin) => (await platform.call('createStreamTicket', { key })).data.ticket;
  const open = async (text: string) =>
    listen(body => body.includes('ready'), { query: { ticket: text }, headers: { 'x-api-key': '' } });

  test('opens the feed without a key, for a minute', async () => {
    const text = await ticket();
    expect((await open(text)).messages[0]).toMatchObject({ event: 'ready' });
    loop.clock.advance(60_001);
    expect((await open(text)).statusCode).toBe(401);
  });

  test('of somebody else’s making opens nothing', async () => {
    const [said = ''] = (await ticket()).split('.');
    const { caller } = JSON.parse(Buffer.from(said, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ caller, until: Date.now() * 2 })).toString('base64url');
    for (const text of [`${forged}.${'a'.repeat(43)}`, `${forged}.`, 'nonsense']) {
      expect((await open(text)).statusCode).toBe(401);
    }
  });

  test('opens no more than its caller may see', async () => {
    const answer = await platform.call('createStreamTicket', { key: platform.keys.write });
    expect(answer.status).toBe(403);
  });
});
