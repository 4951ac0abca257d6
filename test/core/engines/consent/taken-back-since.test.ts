import { expect, test } from 'vitest';
import { agreedIn, takenBackSince } from '../../../../core/engines/consent/taken-back-since.ts';
import type { AcceptedEvent } from '../../../../core/model/accepted-event.ts';
import type { ConsentState, ConsentStatement, PersonRecord } from '../../../../core/model/profile-state.ts';

const person = (email?: Partial<ConsentState>): PersonRecord => ({
  ...{ version: 1, attributes: { tags: [], customFields: {} }, provenance: {}, identifiers: [], updatedAt: 0 },
  consent: email ? { email: { at: 50, id: 'other', source: 'event', granted: true, ...email } } : {},
});
const no = (at: number): ConsentStatement => ({ at, id: `no-${at}`, source: 'api', changes: { email: false } });
const agreed = new Map([['email' as const, 40]]);

test.each<[string, Partial<ConsentState> | undefined, ConsentStatement[], boolean | undefined]>([
  ['a later no takes back what stands', {}, [no(60)], false],
  ['the latest no of several does', {}, [no(60), no(70)], false],
  ['a no before the yes takes nothing back', {}, [no(30)], true],
  ['nor does one that is earlier than what stands', { at: 80 }, [no(60)], true],
  ['nor one of another channel', {}, [{ ...no(60), changes: { sms: false } }], true],
  ['where nothing stands, nothing is taken back', undefined, [no(60)], undefined],
])('%s', (_what, standing, ledger, granted) => {
  const after = takenBackSince(person(standing), agreed, ledger);
  expect(after.consent.email?.granted).toBe(granted);
  if (granted === false) expect(after.consent.email).toMatchObject({ at: ledger.at(-1)?.at, source: 'api' });
});

test('of several events the first yes to each channel counts', () => {
  const events = [
    { consent: { email: true, sms: false }, timestamp: '2026-01-02T00:00:00Z' },
    { consent: { email: true }, timestamp: '2026-01-01T00:00:00Z' },
    { timestamp: '2025-01-01T00:00:00Z' },
  ] as AcceptedEvent[];
  expect([...agreedIn(events)]).toEqual([['email', Date.parse('2026-01-01')]]);
});
