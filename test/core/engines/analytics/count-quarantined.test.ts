import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countQuarantined,
  countsByReason,
  type QuarantineChange,
} from '../../../../core/engines/analytics/count-quarantined.ts';
import { addQuarantineCounts } from '../../../../core/model/quarantine-counts.ts';

const change = (day: string, before?: string, after?: string): QuarantineChange => ({ day, before, after });

test('events come, change their reason and go, each on the day of its receipt', () => {
  const counts = countQuarantined({}, [
    change('2026-02-14', undefined, 'a'),
    change('2026-02-15', undefined, 'a'),
    change('2026-02-15', undefined, 'a'),
    change('2026-02-15', 'a', 'b'),
    change('2026-02-14', 'a', undefined),
  ]);
  expect(counts).toEqual({ '2026-02-15': { a: 1, b: 1 } });
});

test('days before the first one do not count, and neither does what several places have seen come and go', () => {
  const coming = countQuarantined({}, [change('2026-02-14', undefined, 'a'), change('2026-02-15', undefined, 'b')]);
  const going = countQuarantined({}, [change('2026-02-15', 'b', undefined)]);
  const together = addQuarantineCounts(coming, going);
  expect(countsByReason(together, '2026-02-14')).toEqual({ a: 1 });
  expect(countsByReason(together, '2026-02-15')).toEqual({});
});

test('the order of changes does not matter, wherever each is counted', () => {
  const reason = fc.option(fc.constantFrom('a', 'b'), { nil: undefined });
  const changes = fc.array(
    fc.record({ day: fc.constantFrom('2026-02-14', '2026-02-15'), before: reason, after: reason }),
  );
  fc.assert(
    fc.property(changes, fc.nat(20), (all, cut) => {
      const whole = countsByReason(countQuarantined({}, all), '2026-02-01');
      const parts = [all.slice(cut).reverse(), all.slice(0, cut)].map(some => countQuarantined({}, some));
      expect(countsByReason(parts.reduce(addQuarantineCounts, {}), '2026-02-01')).toEqual(whole);
    }),
  );
});

test('only the newest days are kept', () => {
  const days = Array.from({ length: 50 }, (_, day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  const counts = countQuarantined(
    {},
    days.map(day => change(day, undefined, 'a')),
  );
  expect(Object.keys(counts).sort()).toEqual(days.slice(-34));
});
