import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correctTime } from '../../../../core/engines/events/correct-time.ts';

const receivedAt = new Date('2026-02-15T12:00:00.000Z');
const received = receivedAt.getTime();
const iso = (at: number): string => new Date(at).toISOString();

test('without a time it is the time of receipt', () => {
  expect(correctTime(undefined, undefined, receivedAt)).toEqual({ at: received, warnings: [] });
});

test.each([
  ['2026-02-15T10:00:00.000Z', '2026-02-15T10:00:00.000Z'],
  ['2026-02-15T10:00:00+02:00', '2026-02-15T08:00:00.000Z'],
  ['2026-02-15T10:00:00', '2026-02-15T10:00:00.000Z'],
  ['2026-02-15 10:00:00Z', '2026-02-15T10:00:00.000Z'],
  ['2026-02-15', '2026-02-15T00:00:00.000Z'],
  ['2024-02-29', '2024-02-29T00:00:00.000Z'],
])('%s is %s', (given, expected) => {
  const read = correctTime(given, undefined, receivedAt);
  expect(read).toEqual({ at: Date.parse(expected), warnings: [], ...(given === expected ? { iso: given } : {}) });
});

test.each([
  '2026-02-15T101:30:00.000Z',
  '2026-02-30T10:00:00Z',
  '2025-02-29',
  '2026-13-01',
  '2026-02-15T25:00:00Z',
  '15.02.2026',
  '1771149600000',
  'yesterday',
  '',
])('%j cannot be read: the time of receipt is used, what was said is kept, a warning tells', given => {
  const corrected = correctTime(given, undefined, receivedAt);
  expect(corrected).toMatchObject({ at: received, original: given, warnings: [{ code: 'TIMESTAMP_INVALID' }] });
});

test('a wrong clock of the client is taken out', () => {
  const [said, sent] = ['2026-02-15T02:00:00.000Z', '2026-02-15T02:00:10.000Z'];
  expect(correctTime(said, sent, receivedAt)).toEqual({ at: received - 10_000, original: said, warnings: [] });
});

test('what happened a certain time before it was sent happened as long before it was received', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: -1e9, max: 1e9 }), (age, skew) => {
      const [said, sent] = [iso(received + skew - age), iso(received + skew)];
      expect(correctTime(said, sent, receivedAt).at).toBe(received - age);
    }),
  );
});

test('an unreadable time of sending changes nothing', () => {
  const said = '2026-02-15T10:00:00.000Z';
  expect(correctTime(said, 'now', receivedAt)).toEqual({ at: Date.parse(said), iso: said, warnings: [] });
});

test.each([
  [5 * 60_000, []],
  [5 * 60_000 + 1, ['TIMESTAMP_IN_FUTURE']],
])('%d ms ahead: %j', (ahead, codes) => {
  const corrected = correctTime(iso(received + ahead), undefined, receivedAt);
  expect(corrected.warnings.map(({ code }) => code)).toEqual(codes);
  expect(corrected.at).toBe(codes.length === 0 ? received + ahead : received);
});

test.each([
  ['said', '1969-12-31T23:59:59.999Z', undefined],
  ['found by correction', '2026-02-15T10:00:00.000Z', '2100-01-01T00:00:00.000Z'],
])('a time before 1970, %s, is kept aside', (_, said, sent) => {
  expect(correctTime(said, sent, receivedAt)).toMatchObject({
    original: said,
    quarantine: 'timestamp_before_1970',
  });
});

test('1970 itself is a time', () => {
  expect(correctTime('1970-01-01', undefined, receivedAt)).toEqual({ at: 0, warnings: [] });
});
