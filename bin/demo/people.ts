import type { ConsentPatch } from '../../core/model/profile.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type DemoCalendar, dayMs } from './demo-calendar.ts';
import { type Place, phoneOf, places } from './places.ts';

/** What somebody does with the shop. */
export interface Habit {
  name: 'loyal' | 'regular' | 'occasional' | 'churner' | 'newcomer';
  visitsPerWeek: number;
  /** The probability that a visit ends with an order. */
  buys: number;
  /** The probability that a newsletter is opened. */
  opens: number;
}

const loyal: Habit = { name: 'loyal', visitsPerWeek: 2, buys: 0.3, opens: 0.6 };
const regular: Habit = { name: 'regular', visitsPerWeek: 0.8, buys: 0.2, opens: 0.35 };
const occasional: Habit = { name: 'occasional', visitsPerWeek: 0.25, buys: 0.15, opens: 0.15 };
const churner: Habit = { name: 'churner', visitsPerWeek: 1.4, buys: 0.3, opens: 0.4 };
const newcomer: Habit = { name: 'newcomer', visitsPerWeek: 1.6, buys: 0.2, opens: 0.5 };

/** Of twenty people in a row each habit has exactly its share; only their order is chance. */
const twenty: readonly Habit[] = [
  ...Array<Habit>(4).fill(loyal),
  ...Array<Habit>(7).fill(regular),
  ...Array<Habit>(4).fill(occasional),
  ...Array<Habit>(3).fill(churner),
  ...Array<Habit>(2).fill(newcomer),
];

/** A person of the demo, as the shop knows them. */
export interface Person {
  /** Also names the person in ids. */
  name: string;
  habit: Habit;
  customerId: string;
  email: string;
  phone?: string | undefined;
  firstName: string;
  lastName: string;
  place: Place;
  city: string;
  deviceIds: readonly [string, ...string[]];
  consent: ConsentPatch;
  /** From when on, and until before when, anything happens. Epoch ms. */
  joinedAt: number;
  lastAt: number;
}

/** How likely a yes and a no are; the rest were never asked. */
const consentShares = {
  email: [0.62, 0.18],
  sms: [0.3, 0.4],
  tracking: [0.55, 0.3],
  cookies: [0.6, 0.25],
} as const;

const consentOf = (chance: Chance): ConsentPatch => {
  const said = Object.entries(consentShares).flatMap(([channel, [yes, no]]) => {
    const drawn = chance.below(1000) / 1000;
    return drawn < yes + no ? [[channel, drawn < yes]] : [];
  });
  return Object.fromEntries(said);
};

const [quietFromShare, quietToShare, newShare] = [0.25, 0.55, 0.2];

const lifeOf = ({ name }: Habit, chance: Chance, { startAt, endAt, postponed }: DemoCalendar) => {
  const length = endAt - startAt;
  const joined = name === 'newcomer' ? endAt - chance.below(length * newShare) - dayMs : startAt + chance.below(dayMs);
  const quietAt = startAt + length * (quietFromShare + (quietToShare - quietFromShare) * (chance.below(1000) / 1000));
  return { joinedAt: postponed(joined), lastAt: name === 'churner' ? Math.floor(quietAt) : endAt };
};

/** Letters that an address has. */
export const plainLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll('ı', 'i')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

/** The n-th person of a seed: the same one however many there are. */
export const personOf = (seed: number, n: number, calendar: DemoCalendar): Person => {
  const chance = chanceOf(seed, 'person', n);
  const habit = chanceOf(seed, 'habits', Math.floor(n / 20)).shuffled(twenty)[n % 20] ?? regular;
  const place = chance.pick(places);
  const [firstName, lastName] = [chance.pick(place.firstNames), chance.pick(place.lastNames)];
  const name = `${seed}-${n}`;
  const devices: Person['deviceIds'] = chance.happens(0.45)
    ? [`demo-laptop-${name}`, `demo-phone-${name}`]
    : [chance.happens(0.6) ? `demo-phone-${name}` : `demo-laptop-${name}`];
  return {
    name,
    habit,
    customerId: `demo-${name}`,
    email: `${plainLetters(firstName)}.${plainLetters(lastName)}${n}@example.com`,
    phone: chance.happens(0.8) ? phoneOf(place, n) : undefined,
    firstName,
    lastName,
    place,
    city: chance.pick(place.cities),
    deviceIds: devices,
    consent: consentOf(chance),
    ...lifeOf(habit, chance, calendar),
  };
};
