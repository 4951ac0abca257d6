import { expect, test } from 'vitest';
import { settingsFor } from '../../../bin/demo/present-demo.ts';

const now = new Date('2026-11-26T10:30:00Z');
const there = { seed: 3, customers: 50, days: 30, until: '2026-10-01' };
const none = { segments: new Map() };
const present = { segments: new Map(), settings: there };

test('on an empty platform what is not given has its default, and nothing happens after today began', () => {
  expect(settingsFor(none, { customers: 50 }, now)).toEqual({
    seed: 1,
    customers: 50,
    days: 90,
    until: '2026-11-26',
  });
});

test('without options the demo that is there is completed, also on another day', () => {
  expect(settingsFor(present, {}, now)).toEqual(there);
  expect(settingsFor(present, { seed: 3, until: '2026-10-01' }, now)).toEqual(there);
});

test.each([{ seed: 4 }, { customers: 51 }, { days: 31 }, { until: '2026-10-02' }])(
  '%j beside another demo is refused',
  given => {
    expect(() => settingsFor(present, given, now)).toThrow(
      /Another demo is there: seed 3, 50 customers, 30 days until 2026-10-01/,
    );
  },
);
