import { catalogue } from './catalogue.ts';
import { chanceOf } from './chance.ts';
import { type DemoCalendar, dayMs } from './demo-calendar.ts';
import type { Happening } from './happening.ts';

/** Of so many people who look at the shop one never says who they are. */
export const customersPerVisitor = 5;

/** What somebody whom nobody knows did: one short visit. */
export const visitorHappenings = (seed: number, n: number, { days, startAt, postponed }: DemoCalendar): Happening[] => {
  const chance = chanceOf(seed, 'visitor', n);
  const at = postponed(startAt + chance.below(days.length) * dayMs + chance.between(25_000, 80_000) * 1000);
  const base = { anonymousId: `demo-visitor-${seed}-${n}`, sessionId: `demo-session-v${seed}-${n}`, source: 'web' };
  const { productId, name, category } = chance.pick(catalogue);
  const happenings: Happening[] = [{ at, event: { ...base, type: 'page_view', properties: { page: '/' } } }];
  if (chance.happens(0.5)) {
    const event = { ...base, type: 'product_view', properties: { productId, name, category } };
    happenings.push({ at: at + 30_000, event });
  }
  return happenings;
};
