import { expect, test } from 'vitest';
import { eventIdOf, sessionId } from '../../../../core/engines/sessions/session-id.ts';
import { sessionsOf } from '../../../../core/engines/sessions/sessions-of.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import { lateFaults, orderFaults } from '../../../verify/sessions/late-events.ts';
import { randomHistory } from '../../../verify/sessions/random-history.ts';
import { viewed } from './viewed.ts';

const whose = { profileId: 'profile-1', accountCurrency: 'USD' };
const idsOf = (events: AcceptedEvent[]) => sessionsOf(events, whose).map(({ view }) => view.id);

test('a session is named after the event that was received first, and its name leads back to it', () => {
  expect(sessionId({ events: [{ id: 'event-3' }, { id: 'event-2' }] as never })).toBe('session-2');
  expect(eventIdOf('session-2')).toBe('event-2');
});

test('an event that comes late leaves the id as it is, wherever it belongs', () => {
  const known = [viewed(600, { id: 'event-1' }), viewed(660, { id: 'event-2' })];
  expect(idsOf(known)).toEqual(['session-1']);
  expect(idsOf([...known, viewed(0, { id: 'event-3' }), viewed(630, { id: 'event-4' })])).toEqual(['session-1']);
});

test('a late event that joins two sessions leaves the older id', () => {
  const known = [viewed(0, { id: 'event-1' }), viewed(3_000, { id: 'event-2' })];
  expect(idsOf(known)).toEqual(['session-1', 'session-2']);
  expect(idsOf([...known, viewed(1_500, { id: 'event-3' })])).toEqual(['session-1']);
});

test('ids that were told go on naming their sessions in random histories, read in any order', () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const history = randomHistory(seed);
    expect([...lateFaults(history, seed), ...orderFaults(history, seed)], `seed ${seed}`).toEqual([]);
  }
});
