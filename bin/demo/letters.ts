import { chanceOf } from './chance.ts';
import type { DemoCalendar } from './demo-calendar.ts';
import type { Happening } from './happening.ts';
import type { Person } from './people.ts';

/** What came of the newsletters. Only who agreed gets them, and nobody after unsubscribing. */
export const lettersOf = (seed: number, person: Person, { mailings }: DemoCalendar): Happening[] => {
  const { name, email, consent, habit, joinedAt, lastAt } = person;
  if (consent.email !== true) return [];
  const chance = chanceOf(seed, 'letters', name);
  const happenings: Happening[] = [];
  for (const [index, sentAt] of mailings.entries()) {
    const openedAt = sentAt + chance.between(60, 36_000) * 1000;
    if (sentAt <= joinedAt || openedAt + 300_000 >= lastAt || !chance.happens(habit.opens)) continue;
    const base = {
      identifiers: [{ type: 'email' as const, value: email }],
      source: 'newsletter',
      properties: { campaign: `Newsletter ${index + 1}` },
    };
    happenings.push({ at: openedAt, event: { ...base, type: 'email_open' } });
    if (chance.happens(0.25)) happenings.push({ at: openedAt + 20_000, event: { ...base, type: 'email_click' } });
    if (chance.happens(0.025)) {
      happenings.push({ at: openedAt + 60_000, event: { ...base, type: 'email_unsubscribe' } });
      break;
    }
  }
  return happenings;
};
