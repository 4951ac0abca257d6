import { expect, test } from 'vitest';
import { handler as compactLake } from '../../../../../functions/jobs/compact-lake.ts';
import { handler as mergeLake } from '../../../../../functions/jobs/merge-lake.ts';
import { provideServices } from '../../../../../functions/kit/provided-services.ts';
import { customerEvent } from '../../../../fixtures/customer-events.ts';
import { lambdaContext } from '../../../../fixtures/lambda-context.ts';
import { Loop } from '../../../../fixtures/run-loop.ts';

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

test('what everybody did stands day by day, in the order of ids, and in pages', async () => {
  const loop = new Loop();
  const at = (time: string) => `2026-02-${time}:00.000Z`;
  await loop.fold([
    customerEvent('ada', { amount: 10.5, at: at('12T10:00') }),
    customerEvent('ada', { amount: 4, at: at('12T23:59') }),
    customerEvent('ada', { type: 'product_view', at: at('13T08:00') }),
    customerEvent('ada', { amount: 7, at: at('14T08:00') }),
    customerEvent('bob', { type: 'page_view', at: at('13T09:00') }),
  ]);
  await loop.run();
  provideServices(loop.services);
  await mergeLake({} as never, lambdaContext);
  await compactLake({} as never, lambdaContext);
  const { histories, profiles } = loop.services;
  const owners = await profiles.ownersOf(['customerId#ada', 'customerId#bob']);
  const [ada = '', bob = ''] = ['ada', 'bob'].map(one => owners.get(`customerId#${one}`));
  const ofAda = {
    id: ada,
    purchases: [
      { day: dayOf('2026-02-12'), amount: 14.5 },
      { day: dayOf('2026-02-14'), amount: 7 },
    ],
    activity: [{ day: dayOf('2026-02-13'), events: 1, intents: 1 }],
  };
  const ofBob = { id: bob, purchases: [], activity: [{ day: dayOf('2026-02-13'), events: 1, intents: 0 }] };
  const all = [ofAda, ofBob].sort((one, other) => (one.id < other.id ? -1 : 1));
  const [first] = all;
  expect(await histories.read({ after: '', limit: 10 }, 'USD', 10)).toEqual(all);
  expect(await histories.read({ sampleMax: 10 }, 'USD', 10)).toEqual(all);
  expect(await histories.read({ after: first?.id ?? '', limit: 10 }, 'USD', 10)).toEqual(all.slice(1));
  const hours = await histories.hoursOfWeek(10);
  expect(hours.reduce((sum, count) => sum + count, 0)).toBe(5);
  const bounds = ['12', '13', '14', '15'].map(day => Date.parse(`2026-02-${day}`));
  expect(await loop.services.eventSeries.read(bounds, undefined, 'USD', 10)).toEqual([
    { events: 2, people: 1, purchases: 2, revenue: 14.5 },
    { events: 2, people: 2, purchases: 0, revenue: 0 },
    { events: 1, people: 1, purchases: 1, revenue: 7 },
  ]);
  expect((await loop.services.eventSeries.read(bounds, 'page_view', 'USD', 10)).map(({ events }) => events)).toEqual([
    0, 1, 0,
  ]);
  /** 13 February 2026 is a Friday. */
  expect(hours[4 * 24 + 8]).toBe(1);
});

test('without a lake there is nobody', async () => {
  const { histories } = new Loop().services;
  expect(await histories.read({ after: '', limit: 10 }, 'USD', 10)).toEqual([]);
  expect((await histories.hoursOfWeek(10)).every(count => count === 0)).toBe(true);
});
