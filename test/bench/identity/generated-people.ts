import { matchRecord } from '../../../core/engines/identity/match-record.ts';
import type { AttributeKind, AttributeKinds } from '../../../core/engines/identity/normal-forms.ts';
import { type SeededRandom, seededRandom } from '../../fixtures/seeded-random.ts';
import type { People } from './people.ts';

/** How people and the errors in their records are drawn. Rates are shares from 0 to 1, of a value where not said. */
export interface PeopleRates {
  persons: number;
  /** Each person has 1 to so many records. */
  recordsMax: number;
  typo: number;
  missing: number;
  shortName: number;
  /** Of records: written after a move. */
  moved: number;
  /** Of records: written under another family name. */
  renamed: number;
  /** Of persons: living with another one of the same family name. */
  sharing: number;
}

const kinds: AttributeKinds = {
  firstName: 'givenName',
  lastName: 'familyName',
  birthDate: 'birthDate',
  city: 'city',
  postalCode: 'postalCode',
  email: 'email',
  plan: 'text',
} satisfies Record<string, AttributeKind>;

type Values = Record<string, string>;

const givenNames: readonly (readonly string[])[] = `
william bill will|john jack|thomas tom|george georgie|henry harry|james jim jimmy|charles charlie|robert bob rob|mary molly polly
elizabeth liz beth betty|margaret maggie meg peggy|sarah sally|edward ted ned|joseph joe|richard dick|samuel sam|david dave
catherine kate cathy|alice allie|frederick fred|alexander alex sandy|peter pete|martha mattie|susan sue|michael mike|daniel dan
patricia pat|andrew andy|nicholas nick|rebecca becky|christopher chris|anthony tony|benjamin ben|matthew matt|olga|ingrid|yusuf
fatima|chen|priya|mateo|sofia|lars|amara|hiro|leila|pavel|noor|anil|zofia|bruno|elena|kwame|nadia|omar|rosa|stefan|tariq|wanda
`
  .trim()
  .split(/[|\n]/)
  .map(line => line.split(' '));

const syllables =
  'ba ber car dal den el far gan hal har ing ken lam lin mar mor nor ol pen ram ros sal tan ton ul ver wal win yor zel'.split(
    ' ',
  );

const word = (random: SeededRandom, length: number): string =>
  Array.from({ length }, () => random.pick(syllables)).join('');

/** The first values are drawn far more often than the last: the square of an even draw. */
const skewed = <Value>(random: SeededRandom, values: readonly Value[]): Value =>
  values[Math.floor((random.below(10_000) / 10_000) ** 2 * values.length)] as Value;

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** One character replaced, left out, doubled or changed about with the next; a digit becomes a digit. */
const mistyped = (random: SeededRandom, value: string): string => {
  const at = random.below(value.length);
  const character = value[at] ?? '';
  const isDigit = character >= '0' && character <= '9';
  const replaced = isDigit ? String(random.below(10)) : random.pick([...letters]);
  const around = [value.slice(0, at), value.slice(at + 1)];
  if (isDigit || random.chance(0.5)) return around.join(replaced);
  if (random.chance(0.4)) return around.join('');
  return random.chance(0.5)
    ? around.join(character + character)
    : value.slice(0, at) + value.slice(at + 1, at + 2) + character + value.slice(at + 2);
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A world to draw from: its towns and its family names, both with a few that are common. */
class World {
  private readonly towns: readonly string[];
  private readonly families: readonly string[];
  private readonly random: SeededRandom;
  private readonly rates: PeopleRates;

  constructor(random: SeededRandom, rates: PeopleRates) {
    this.random = random;
    this.rates = rates;
    this.towns = Array.from({ length: 300 }, () => word(random, 2 + random.below(2)));
    this.families = Array.from({ length: 1500 }, () => word(random, 2 + random.below(2)));
  }

  home(): Values {
    const town = Math.floor((this.random.below(10_000) / 10_000) ** 2 * this.towns.length);
    const code = `${100 + town}${twoDigits(this.random.below(100))}`;
    return { city: this.towns[town] ?? '', postalCode: code };
  }

  person(household: Values): Values & { lastName: string } {
    const { random } = this;
    const firstName = skewed(random, givenNames)[0] ?? '';
    const lastName = household.lastName ?? skewed(random, this.families);
    const birthDate = `${1940 + random.below(65)}-${twoDigits(1 + random.below(12))}-${twoDigits(1 + random.below(28))}`;
    const email = `${firstName}.${lastName}${random.below(90)}@${random.pick(['mail', 'post', 'inbox'])}.example`;
    const plan = skewed(random, ['basic', 'family', 'student', 'business', 'premium']);
    return { ...this.home(), ...household, firstName, lastName, birthDate, email, plan };
  }

  record(person: Values): Values {
    const { random, rates } = this;
    const called = givenNames.find(([name]) => name === person.firstName) ?? [];
    const written: Values = {
      ...person,
      ...(random.chance(rates.shortName) ? { firstName: random.pick(called) } : {}),
      ...(random.chance(rates.moved) ? this.home() : {}),
      ...(random.chance(rates.renamed) ? { lastName: skewed(random, this.families) } : {}),
    };
    return Object.fromEntries(
      Object.entries(written).flatMap(([name, value]) => {
        if (random.chance(rates.missing)) return [];
        return [[name, random.chance(rates.typo) ? mistyped(random, value) : value]];
      }),
    );
  }
}

/** People drawn by chance that repeats, each with one or more records that have errors. */
export const generatedPeople = (rates: PeopleRates, seed: number): People => {
  const random = seededRandom(seed);
  const world = new World(random, rates);
  const [records, truth]: [Values[], string[]] = [[], []];
  let neighbour: Values = {};
  for (let number = 0; number < rates.persons; number += 1) {
    const { city, postalCode, lastName } = neighbour;
    const shares = random.chance(rates.sharing) && city !== undefined;
    const person = world.person(shares ? ({ city, postalCode, lastName } as Values) : {});
    for (let count = 1 + random.below(rates.recordsMax); count > 0; count -= 1) {
      records.push(world.record(person));
      truth.push(`person-${number}`);
    }
    neighbour = person;
  }
  return { kinds, records: records.map(values => matchRecord(values, kinds)), truth };
};
