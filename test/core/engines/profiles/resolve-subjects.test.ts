import { describe, expect, test } from 'vitest';
import { hasRoom } from '../../../../core/engines/profiles/identifier-room.ts';
import { resolveSubjects } from '../../../../core/engines/profiles/resolve-subjects.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { type Identifier, type IdentifierType, matchKey } from '../../../../core/model/identifier.ts';
import { defaultIdentityConfig, type IdentityConfig } from '../../../../core/model/identity-config.ts';

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
const subjectsOf = (held: Record<string, string[]>, given: AcceptedEvent[], rules?: IdentityConfig) => {
  const owners = new Map(Object.entries(held).flatMap(([owner, ids]) => ids.map(one => [matchKey(id(one)), owner])));
  const identifiersOf = (profileId: string) => (held[profileId] ?? []).map(id);
  return resolveSubjects(given, { ownerOf: key => owners.get(key), identifiersOf }, rules);
};

const resolve = (...given: Parameters<typeof subjectsOf>) =>
  subjectsOf(...given).map(subject => ({
    profileId: subject.profileId,
    events: subject.events.length,
    brings: subject.newIdentifiers.map(({ type, value }) => `${type}=${value}`),
  }));

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

describe('where somebody would have more of a type than one may have, the weakest identifier is given up', () => {
  const addresses = Array.from({ length: 5 }, (_, n) => `email=${n}@x.example`);

  test('another customer with the address of one is a new person without it', () => {
    const held = { p1: ['customerId=abc123', 'email=jane@x.example'] };
    expect(resolve(held, [event('customerId=abc456', 'email=jane@x.example')])).toEqual([
      { profileId: undefined, events: 1, brings: ['customerId=abc456'] },
    ]);
  });

  test('a number leads to nobody whose addresses are full: the new address begins somebody new', () => {
    const held = { p1: ['phone=+14155550101', ...addresses] };
    expect(resolve(held, [event('email=9@x.example', 'phone=+14155550101')])).toEqual([
      { profileId: undefined, events: 1, brings: ['email=9@x.example'] },
    ]);
  });

  test('what is too much is left out where a stronger identifier decides', () => {
    const held = { p1: ['customerId=1', ...addresses] };
    expect(resolve(held, [event('customerId=1', 'email=9@x.example')])).toEqual([
      { profileId: 'p1', events: 1, brings: [] },
    ]);
  });

  test('beyond 90 identifiers nothing more is attached, and the event still finds its person', () => {
    const many = Array.from({ length: 89 }, (_, n) => `custom:crm${n}=x`);
    const held = { p1: ['customerId=1', ...many] };
    expect(resolve(held, [event('customerId=1', 'deviceId=d')])).toEqual([{ profileId: 'p1', events: 1, brings: [] }]);
  });

  test('priorities of a team’s own say which is the weakest', () => {
    const { phone, email } = defaultIdentityConfig.identifiers;
    const identifiers = { ...defaultIdentityConfig.identifiers, phone: { ...phone, priority: 1 }, email };
    const held = { p1: ['email=a@x.example'], p2: ['phone=+14155550101'] };
    const given = [event('email=a@x.example', 'phone=+14155550101')];
    expect(resolve(held, given)[0]?.profileId).toBe('p1');
    expect(resolve(held, given, { ...defaultIdentityConfig, identifiers })[0]?.profileId).toBe('p2');
  });

  test('a limit of a window counts what came within it', () => {
    const { deviceId } = defaultIdentityConfig.identifiers;
    const identifiers = { ...defaultIdentityConfig.identifiers, deviceId: { ...deviceId, max: 1, windowDays: 7 } };
    const room = (firstSeenAt: string) =>
      hasRoom(
        [{ type: 'deviceId', value: 'a', firstSeenAt: Date.parse(firstSeenAt) }],
        { type: 'deviceId', value: 'b' },
        { identifiers },
        Date.parse('2026-02-15T12:00:00Z'),
      );
    expect([room('2026-02-14T12:00:00Z'), room('2026-02-01T12:00:00Z')]).toEqual([false, true]);
  });
});

describe('others whom an event names are noted', () => {
  const ties = (held: Record<string, string[]>, given: AcceptedEvent) =>
    subjectsOf(held, [given]).flatMap(subject => subject.ties);
  const held = { p1: ['email=a@x.example'], p2: ['phone=+14155550101'], p3: ['deviceId=d'] };

  test('with what they were named by', () => {
    expect(ties(held, event('email=a@x.example', 'phone=+14155550101', 'deviceId=d'))).toMatchObject([
      { profileId: 'p1', otherId: 'p2', grade: 'named', types: ['phone'], byWriteKey: false },
      { profileId: 'p1', otherId: 'p3', grade: 'shared', types: ['deviceId'] },
    ]);
  });

  test.each([
    ['of somebody who is only coming to be', event('customerId=9', 'deviceId=d9')],
    [
      'of an event that comes out of the archive',
      { ...event('p1', 'phone=+14155550101'), replayed: { profileId: 'p1', at: 0 } },
    ],
  ])('but not %s', (_, given) => {
    expect(ties(held, given)).toEqual([]);
  });
});
