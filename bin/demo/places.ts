/** A country of the demo: who lives where, and numbers that its regulator keeps free for fiction. */
export interface Place {
  country: string;
  language: string;
  cities: readonly [string, ...string[]];
  firstNames: readonly [string, ...string[]];
  lastNames: readonly [string, ...string[]];
  /** Beginnings of numbers, each followed by this many digits. */
  phones: { digits: number; prefixes: readonly string[] };
}

const northAmerican = (areas: readonly number[]): Place['phones'] => ({
  digits: 2,
  prefixes: areas.map(area => `+1${area}55501`),
});

const usAreas = [202, 206, 212, 213, 214, 215, 216, 301, 303, 305, 310, 312, 313, 314, 404, 410, 412, 415, 503, 512];
const usMore = [602, 612, 615, 617, 619, 702, 713, 718, 813, 916];
const canadianAreas = [204, 250, 306, 403, 416, 418, 506, 514, 519, 604, 613, 705, 780, 807, 819, 902, 905];

export const places: readonly [Place, ...Place[]] = [
  {
    country: 'US',
    language: 'en',
    cities: ['San Francisco', 'New York', 'Austin', 'Seattle', 'Chicago', 'Boston'],
    firstNames: ['Jane', 'Marcus', 'Olivia', 'Ethan', 'Grace', 'Diego', 'Naomi', 'Tyler', 'Priya', 'Samuel'],
    lastNames: ['Walker', 'Nguyen', 'Johnson', 'Ramirez', 'Parker', 'Patel', 'Bennett', 'Coleman', 'Reyes', 'Foster'],
    phones: northAmerican([...usAreas, ...usMore]),
  },
  {
    country: 'GB',
    language: 'en',
    cities: ['London', 'Manchester', 'Leeds', 'Bristol', 'Edinburgh'],
    firstNames: ['Amelia', 'Harry', 'Isla', 'George', 'Freya', 'Callum', 'Zara', 'Owen', 'Poppy', 'Idris'],
    lastNames: ['Smith', 'Taylor', 'Hughes', 'Khan', 'Campbell', 'Wright', 'Bailey', 'Morgan', 'Ward', 'Singh'],
    phones: { digits: 3, prefixes: ['+447700900', '+441134960', '+441144960', '+441154960', '+441164960'] },
  },
  {
    country: 'DE',
    language: 'de',
    cities: ['Berlin', 'Hamburg', 'München', 'Köln', 'Leipzig'],
    firstNames: ['Anna', 'Jürgen', 'Lena', 'Moritz', 'Käthe', 'Emre', 'Sabine', 'Jonas', 'Marta', 'Felix'],
    lastNames: ['Müller', 'Schmidt', 'Yılmaz', 'Fischer', 'Weber', 'Schröder', 'Nowak', 'Krüger', 'Vogel', 'Brandt'],
    phones: { digits: 3, prefixes: ['+493023125', '+496990009', '+494066969', '+492214710', '+498999998'] },
  },
  {
    country: 'FR',
    language: 'fr',
    cities: ['Paris', 'Lyon', 'Nantes', 'Lille', 'Marseille'],
    firstNames: ['Chloé', 'Lucas', 'Inès', 'Hugo', 'Léa', 'Théo', 'Manon', 'Karim', 'Zoé', 'Louis'],
    lastNames: [
      'Martin',
      'Bernard',
      'Dubois',
      'Lefèvre',
      'Moreau',
      'Benali',
      'Girard',
      'Roux',
      'Fontaine',
      'Chevalier',
    ],
    phones: { digits: 4, prefixes: ['+3363998', '+3319900'] },
  },
  {
    country: 'CA',
    language: 'en',
    cities: ['Toronto', 'Vancouver', 'Montréal', 'Calgary'],
    firstNames: ['Emma', 'Liam', 'Sophie', 'Noah', 'Maya', 'Xavier', 'Claire', 'Ryan', 'Aisha', 'Benoît'],
    lastNames: ['Tremblay', 'Brown', 'Roy', 'Wilson', 'Chen', 'Gagnon', 'MacDonald', 'Bouchard', 'Scott', 'Grewal'],
    phones: northAmerican(canadianAreas),
  },
];

/** The number of a person who is the n-th of all, or `undefined` where the country has no more that are free. */
export const phoneOf = ({ phones: { digits, prefixes } }: Place, n: number): string | undefined => {
  const prefix = prefixes[Math.floor(n / 10 ** digits)];
  return prefix && `${prefix}${String(n % 10 ** digits).padStart(digits, '0')}`;
};
