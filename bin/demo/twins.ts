import { chanceOf } from './chance.ts';
import type { Person } from './people.ts';

/** A second profile of somebody: made when they bought with another account, and with a slip in the name. */
export interface Twin {
  person: Person;
  /** What the two have in common: a phone number, or an address that differs by what people get wrong. */
  by: 'phone' | 'email';
  original: Person;
}

/** Every so many people have a second profile. */
export const peoplePerTwin = 20;

/** @example slipOf('Marta', 1) // 'Mrata' */
const slipOf = (name: string, at: number): string =>
  `${name.slice(0, at)}${name.slice(at + 1, at + 2)}${name.slice(at, at + 1)}${name.slice(at + 2)}`;

const withSlip = (seed: number, { name, firstName, lastName }: Person) => {
  const chance = chanceOf(seed, 'slip', name);
  const at = 1 + chance.below(Math.max(1, lastName.length - 2));
  return chance.happens(0.5)
    ? { firstName: firstName.slice(0, 1), lastName }
    : { firstName, lastName: slipOf(lastName, at) };
};

/** The same mailbox to a person, another one to a machine. */
const variantOf = (email: string): string => email.replace('.', '_');

/** The twin of a person; the n-th of all decides what the two have in common. */
export const twinOf = (seed: number, n: number, original: Person): Twin => {
  const by = n % 2 === 0 && original.phone !== undefined ? 'phone' : 'email';
  const name = `${original.name}-b`;
  const email = by === 'email' ? variantOf(original.email) : `guest.${original.customerId}@example.net`;
  const habit = { ...original.habit, visitsPerWeek: original.habit.visitsPerWeek / 3 };
  const person: Person = {
    ...original,
    ...withSlip(seed, original),
    name,
    habit,
    customerId: `demo-${name}`,
    email,
    phone: undefined,
    deviceIds: [`demo-phone-${name}`],
  };
  return { person, by, original };
};
