import type { ConsentPatch } from '../../core/model/profile.ts';
import { chanceOf } from './chance.ts';
import { type DemoCalendar, dayMs } from './demo-calendar.ts';
import type { Happening } from './happening.ts';
import type { Person } from './people.ts';
import type { Twin } from './twins.ts';

const identifiersOf = ({ customerId, email, phone, deviceIds }: Person) => [
  { type: 'customerId' as const, value: customerId },
  { type: 'email' as const, value: email },
  ...(phone === undefined ? [] : [{ type: 'phone' as const, value: phone }]),
  ...deviceIds.map(value => ({ type: 'deviceId' as const, value })),
];

/** The sign-up: from then on the shop knows who has the address and the devices. */
export const introductionOf = (person: Person): Happening => {
  const { joinedAt, firstName, lastName, email, phone, city, place, habit, consent } = person;
  const traits = {
    firstName,
    lastName,
    email,
    ...(phone === undefined ? {} : { phone }),
    city,
    country: place.country,
    language: place.language,
    tags: habit.name === 'newcomer' ? ['demo', 'new'] : ['demo'],
  };
  return {
    at: joinedAt,
    event: { identifiers: identifiersOf(person), type: 'identify', source: 'sign-up', traits, consent, properties: {} },
  };
};

/** What tells a twin from a stranger: at a checkout they gave the number that the other profile has. */
export const sharedPhoneOf = ({ person, by, original }: Twin): Happening[] => {
  if (by !== 'phone') return [];
  const identifiers = [{ type: 'customerId' as const, value: person.customerId }];
  const traits = { phone: original.phone };
  const event = { identifiers, type: 'identify', source: 'checkout', traits, properties: {} };
  return [{ at: person.joinedAt + 3_600_000, event }];
};

/** Some change their mind later, one way or the other. */
export const changeOfMindOf = (seed: number, person: Person, calendar: DemoCalendar): Happening[] => {
  const chance = chanceOf(seed, 'mind', person.name);
  const at = calendar.postponed(person.joinedAt + chance.between(1, 20) * dayMs + chance.below(40_000) * 1000);
  if (!chance.happens(0.08)) return [];
  const channel = chance.pick(['sms', 'tracking', 'cookies'] as const);
  const consent: ConsentPatch = { [channel]: person.consent[channel] !== true };
  const identifiers = [{ type: 'customerId' as const, value: person.customerId }];
  return [{ at, event: { identifiers, type: 'consent', source: 'preference_centre', consent, properties: {} } }];
};
