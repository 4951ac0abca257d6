import { expect, test } from 'vitest';
import { sessionEvent } from '../../../../core/engines/sessions/session-event.ts';
import { knownSessions, sessionsOf } from '../../../../core/engines/sessions/sessions-of.ts';
import { settledFrom } from '../../../../core/engines/sessions/settled-from.ts';
import { randomHistory } from '../../../verify/sessions/random-history.ts';
import { viewed } from './viewed.ts';

const noon = Date.parse(viewed(0).timestamp);
const settled = (readFrom: number, ...seconds: number[]) =>
  settledFrom(
    seconds.map(at => sessionEvent(viewed(at))),
    noon + readFrom * 1_000,
  );

test.each<[string, number, number[], number | undefined]>([
  ['everything, where nothing is unread', Number.NEGATIVE_INFINITY, [0, 60], 0],
  ['from the first event, a pause after what is unread', -1_801, [0, 60], 0],
  ['from no time, without a pause', -1_800, [0, 60], undefined],
  ['from behind the first pause', -1_800, [0, 1_801, 1_900], 1_801],
])('%s is settled', (_name, readFrom, seconds, wanted) => {
  expect(settled(readFrom, ...seconds)).toBe(wanted === undefined ? undefined : noon + wanted * 1_000);
});

test('what happens by itself is no sign of anybody', () => {
  const events = [viewed(-1_000, { source: 'server' }), viewed(0)].map(sessionEvent);
  expect(settledFrom(events, noon - 1_801_000)).toBe(noon);
});

test('sessions that are settled are those of the whole history, wherever reading stops', () => {
  const whose = { profileId: 'profile-1', accountCurrency: 'USD' };
  let compared = 0;
  for (let seed = 0; seed < 60; seed += 1) {
    const history = randomHistory(seed).toSorted((left, right) => (left.timestamp < right.timestamp ? -1 : 1));
    const cut = Math.floor(history.length / 3);
    const readFrom = Date.parse(history[cut]?.timestamp ?? '');
    const read = history.map(sessionEvent).filter(({ at }) => at > readFrom);
    const since = settledFrom(read, readFrom);
    if (since === undefined) continue;
    const found = knownSessions(
      read.filter(({ at }) => at >= since),
      whose,
    ).map(({ session }) => session);
    const whole = sessionsOf(history, whose)
      .map(({ session }) => session)
      .filter(({ startAt }) => startAt >= since);
    expect(found, `seed ${seed}`).toEqual(whole);
    compared += found.length;
  }
  expect(compared).toBeGreaterThan(50);
});
