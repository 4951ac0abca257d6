import { expect, test } from 'vitest';
import { foldSessions } from '../../../../core/engines/sessions/fold-sessions.ts';
import { sessionEvent } from '../../../../core/engines/sessions/session-event.ts';
import { viewed } from './viewed.ts';

/** The places of the events of each session. */
const sessionsOf = (...events: Parameters<typeof viewed>[]): string[][] =>
  foldSessions(events.map((args, place) => sessionEvent({ ...viewed(...args), id: `event-${place}` }))).map(
    ({ events: own }) => own.map(({ id }) => id.slice('event-'.length)),
  );
const minutes = (count: number): number => count * 60;

test.each([
  [1_799, 1],
  [1_800, 1],
  [1_801, 2],
])('a pause of %i s: %i session(s)', (seconds, count) => {
  expect(sessionsOf([0], [seconds])).toHaveLength(count);
});

test('the pause is counted from the last event, not from the first', () => {
  expect(sessionsOf([0], [minutes(30)], [minutes(60)], [minutes(91)])).toEqual([['0', '1', '2'], ['3']]);
});

test('24 hours end a session of somebody who never pauses; its last moment is in it', () => {
  const restless = Array.from({ length: 51 }, (_, place): [number] => [place * 1_800]);
  const [first, second] = sessionsOf(...restless);
  expect([first?.length, second?.length]).toEqual([49, 2]);
});

test('midnight ends no session', () => {
  expect(sessionsOf([minutes(12 * 60 - 5)], [minutes(12 * 60 + 5)])).toHaveLength(1);
});

test.each<[string, Parameters<typeof viewed>[], string[][]]>([
  [
    'two devices have two',
    [
      [0, { deviceId: 'a' }],
      [60, { deviceId: 'b' }],
    ],
    [['0'], ['1']],
  ],
  [
    'what names no device goes with what went on last',
    [[0, { deviceId: 'a' }], [60, { deviceId: 'b' }], [90]],
    [['0'], ['1', '2']],
  ],
  [
    'a session without a device takes the first that is named',
    [[0], [60, { deviceId: 'a' }], [90, { deviceId: 'b' }]],
    [['0', '1'], ['2']],
  ],
  [
    'a cookie is a device',
    [
      [0, { cookie: 'x' }],
      [60, { cookie: 'y' }],
    ],
    [['0'], ['1']],
  ],
  [
    'the client’s name wins',
    [
      [0, { sessionId: 's-1' }],
      [60, { sessionId: 's-2' }],
    ],
    [['0'], ['1']],
  ],
  [
    'two tabs are two, in whatever turns',
    [
      [0, { sessionId: 's-1' }],
      [60, { sessionId: 's-2' }],
      [90, { sessionId: 's-1' }],
    ],
    [['0', '2'], ['1']],
  ],
  [
    'the client’s name does not bridge a pause',
    [
      [0, { sessionId: 's-1' }],
      [1_801, { sessionId: 's-1' }],
    ],
    [['0'], ['1']],
  ],
  ['what has no name goes on', [[0, { sessionId: 's-1' }], [60]], [['0', '1']]],
  ['a name may come later', [[0], [60, { sessionId: 's-1' }], [90, { sessionId: 's-2' }]], [['0', '1'], ['2']]],
])('%s', (_name, events, wanted) => {
  expect(sessionsOf(...events)).toEqual(wanted);
});

test.each([
  ['an e-mail', { type: 'email_open' }],
  ['a server', { source: 'server', type: 'purchase' }],
  ['an import', { source: 'Import' }],
])('%s neither begins a session nor makes one longer', (_name, said) => {
  expect(sessionsOf([0], [1_500, said], [2_000])).toEqual([['0'], ['2']]);
  expect(sessionsOf([0, said])).toEqual([]);
});

test('what happens by itself is told with the session it happened during, or in the pause after it', () => {
  const events = [
    viewed(0, { deviceId: 'a' }),
    viewed(60),
    viewed(1_860, { source: 'server' }),
    viewed(1_861, { source: 'server' }),
  ];
  const [session] = foldSessions(events.map((event, place) => sessionEvent({ ...event, id: `event-${place}` })));
  expect(session?.quiet.map(({ id }) => id)).toEqual(['event-2']);
  expect(session?.lastAt).toBe(Date.parse(viewed(60).timestamp));
});
