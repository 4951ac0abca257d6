import { chanceOf } from './chance.ts';
import { type DemoCalendar, dayMs } from './demo-calendar.ts';
import type { Happening } from './happening.ts';
import { refundProperties } from './orders.ts';
import type { Person } from './people.ts';
import type { Visit } from './visits.ts';

const topics = ['delivery', 'size', 'invoice', 'warranty', 'return'] as const;

/** What follows from orders: refunds, and tickets at the help desk, which knows people by their address. */
export const aftermathOf = (
  seed: number,
  { name, customerId, email }: Person,
  visits: readonly Visit[],
  calendar: DemoCalendar,
): Happening[] => {
  const chance = chanceOf(seed, 'aftermath', name);
  const later = (at: number, daysMax: number): number =>
    calendar.postponed(at + chance.between(1, daysMax) * dayMs + chance.below(3_600) * 1000);
  return visits.flatMap(({ order, endedAt }) => {
    const happenings: Happening[] = [];
    if (order && chance.happens(0.07)) {
      const identifiers = [{ type: 'customerId' as const, value: customerId }];
      const properties = refundProperties(order, chance);
      happenings.push({
        at: later(endedAt, 12),
        event: { identifiers, type: 'refund', source: 'service', properties },
      });
    }
    if (order && chance.happens(0.06)) {
      const properties = { topic: chance.pick(topics), priority: chance.pick(['low', 'normal', 'high']) };
      const event = { identifiers: [{ type: 'email' as const, value: email }], type: 'support_ticket', properties };
      happenings.push({ at: later(endedAt, 5), event: { ...event, source: 'helpdesk' } });
    }
    return happenings;
  });
};
