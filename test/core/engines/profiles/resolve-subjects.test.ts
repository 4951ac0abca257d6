import { expect, test } from 'vitest';
import { resolveSubjects } from '../../../../core/engines/profiles/resolve-subjects.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { type Identifier, type IdentifierType, matchKey } from '../../../../core/model/identifier.ts';

const id = (text: string): Identifier => {
  const [type = '', value = ''] = text.split('=', 2);
  return { type: type as IdentifierType, value };
};

let events = 0;
/** An event that names identifiers, or a profile where the text has no `=`. */
const event = (...named: string[]): AcceptedEvent => {
  events += 1;
  const profileId = named.find(one => !one.includes('='));
  return {
    id: `event-${events}`,
    messageId: `m-${events}`,
    type: 'page_view',
    timestamp: '2026-02-15T12:00:00.000Z',
    receivedAt: '2026-02-15T12:00:00.000Z',
    identifiers: named.filter(one => one.includes('=')).map(id),
    properties: {},
    ...(profileId === undefined ? {} : { profileId }),
  };
};

/** Who has what: profile ids with their identifiers. */
const resolve = (held: Record<string, string[]>, given: AcceptedEvent[]) => {
  const owners = new Map(Object.entries(held).flatMap(([owner, ids]) => ids.map(one => [matchKey(id(one)), owner])));
  return resolveSubjects(given, {
    ownerOf: key => owners.get(key),
    identifiersOf: profileId => (held[profileId] ?? []).map(id),
  }).map(subject => ({
    profileId: subject.profileId,
    events: subject.events.length,
    brings: subject.newIdentifiers.map(({ type, value }) => `${type}=${value}`),
  }));
};

test('an event that nobody claims begins a profile with all it names', () => {
  expect(resolve({}, [event('customerId=1', 'email=a@x.example')])).toEqual([
    { profileId: undefined, events: 1, brings: ['customerId=1', 'email=a@x.example'] },
  ]);
});

test('a window is decided as if every event were committed before the next', () => {
  const given = [event('email=a@x.example'), event('email=a@x.example', 'deviceId=d'), event('deviceId=d')];
  expect(resolve({}, given)).toEqual([
    { profileId: undefined, events: 3, brings: ['email=a@x.example', 'deviceId=d'] },
  ]);
});

test('an event that names a profile belongs to it, whatever else it names, and brings what is new', () => {
  const held = { p1: ['email=a@x.example'] };
  expect(resolve(held, [event('p2', 'email=a@x.example', 'deviceId=d')])).toEqual([
    { profileId: 'p2', events: 1, brings: ['deviceId=d'] },
  ]);
});

test('the strongest identifier that somebody has decides', () => {
  const held = { p1: ['customerId=1'], p2: ['email=a@x.example'] };
  expect(resolve(held, [event('customerId=1', 'email=a@x.example')])[0]?.profileId).toBe('p1');
});

test('another customer with the same address is another person', () => {
  const held = { p1: ['customerId=1', 'email=a@x.example'] };
  expect(resolve(held, [event('customerId=2', 'email=a@x.example')])).toEqual([
    { profileId: undefined, events: 1, brings: ['customerId=2'] },
  ]);
});

test('a customer id is attached to the one known by address only', () => {
  expect(resolve({ p1: ['email=a@x.example'] }, [event('customerId=2', 'email=a@x.example')])).toEqual([
    { profileId: 'p1', events: 1, brings: ['customerId=2'] },
  ]);
});

test('a shared device ties no two people who are known by name', () => {
  const held = { p1: ['email=a@x.example', 'deviceId=d'] };
  expect(resolve(held, [event('email=b@x.example', 'deviceId=d')])).toEqual([
    { profileId: undefined, events: 1, brings: ['email=b@x.example'] },
  ]);
  expect(resolve(held, [event('deviceId=d')])[0]?.profileId).toBe('p1');
});

test('an unknown visitor of a device becomes known by the name that comes with it', () => {
  expect(resolve({ p1: ['deviceId=d'] }, [event('email=b@x.example', 'deviceId=d')])).toEqual([
    { profileId: 'p1', events: 1, brings: ['email=b@x.example'] },
  ]);
});

test.each([
  ['customer ids', ['customerId=1'], ['p1', 'customerId=2'], 0],
  ['addresses', Array.from({ length: 5 }, (_, n) => `email=${n}@x.example`), ['p1', 'email=9@x.example'], 0],
  [
    'addresses, up to five',
    Array.from({ length: 4 }, (_, n) => `email=${n}@x.example`),
    ['p1', 'email=9@x.example'],
    1,
  ],
  ['devices', Array.from({ length: 50 }, (_, n) => `deviceId=${n}`), ['p1', 'deviceId=x'], 0],
])('a person has a limit of %s: what is beyond it is not attached', (_, held, named, brought) => {
  expect(resolve({ p1: held }, [event(...named)])[0]?.brings).toHaveLength(brought);
});

test('two strangers of one window stay two', () => {
  const subjects = resolve({}, [event('email=a@x.example'), event('email=b@x.example'), event('email=a@x.example')]);
  expect(subjects.map(subject => subject.events)).toEqual([2, 1]);
});

test('no event is left out and none is given twice', () => {
  const held = { p1: ['customerId=1'], p2: ['deviceId=d'] };
  const given = [
    event('customerId=1'),
    event('deviceId=d'),
    event('p3'),
    event('cookie=c'),
    event('customerId=1', 'deviceId=d'),
  ];
  const total = resolve(held, given).reduce((sum, subject) => sum + subject.events, 0);
  expect(total).toBe(given.length);
});
