import { aftermathOf } from './aftermath.ts';
import { type DemoCalendar, demoCalendar } from './demo-calendar.ts';
import type { DemoSettings } from './demo-settings.ts';
import type { Happening, SentEvent } from './happening.ts';
import { changeOfMindOf, introductionOf, sharedPhoneOf } from './introductions.ts';
import { lettersOf } from './letters.ts';
import { type Person, personOf } from './people.ts';
import { peoplePerTwin, type Twin, twinOf } from './twins.ts';
import { customersPerVisitor, visitorHappenings } from './visitors.ts';
import { visitsOf } from './visits.ts';

/** Everything that the demo sends, and what it has planted for others to find. */
export interface DemoPlan {
  calendar: DemoCalendar;
  people: readonly Person[];
  twins: readonly Twin[];
  visitors: number;
  /** Who everybody is: must be known before the rest, since the rest names people by one identifier each. */
  introductions: SentEvent[];
  /** What they did, person by person. */
  events: SentEvent[];
}

const numbered = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

const journeyOf = (seed: number, person: Person, calendar: DemoCalendar): Happening[] => {
  const visits = visitsOf(seed, person, calendar);
  return [
    ...visits.flatMap(({ happenings }) => happenings),
    ...aftermathOf(seed, person, visits, calendar),
    ...lettersOf(seed, person, calendar),
    ...changeOfMindOf(seed, person, calendar),
  ].filter(({ at }) => at < person.lastAt);
};

/** Events with ids of their own, in the order of their times. */
const sentBy = ({ seed, days, until }: DemoSettings, name: string, happenings: readonly Happening[]): SentEvent[] =>
  happenings
    .toSorted((left, right) => left.at - right.at)
    .map(({ at, event }, index) => ({
      ...event,
      timestamp: new Date(at).toISOString(),
      messageId: `demo.${seed}.${days}.${until}.${name}.${index}`,
    }));

/** The demo of these settings: the same to the last character whenever it is made. */
export const demoPlan = (settings: DemoSettings): DemoPlan => {
  const { seed, customers } = settings;
  const calendar = demoCalendar(settings);
  const people = numbered(customers).map(n => personOf(seed, n, calendar));
  const twins = people
    .filter((_, n) => n % peoplePerTwin === peoplePerTwin - 1)
    .map((original, n) => twinOf(seed, n, original));
  const visitors = Math.floor(customers / customersPerVisitor);
  const everybody = [...people, ...twins.map(({ person }) => person)];
  const phoneOf = new Map(twins.map(twin => [twin.person, sharedPhoneOf(twin)]));
  return {
    calendar,
    people,
    twins,
    visitors,
    introductions: everybody.flatMap(person => sentBy(settings, `${person.name}.who`, [introductionOf(person)])),
    events: [
      ...everybody.flatMap(person =>
        sentBy(settings, person.name, [...(phoneOf.get(person) ?? []), ...journeyOf(seed, person, calendar)]),
      ),
      ...numbered(visitors).flatMap(n => sentBy(settings, `v${n}`, visitorHappenings(seed, n, calendar))),
    ],
  };
};
