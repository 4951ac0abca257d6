import { isDeepStrictEqual } from 'node:util';
import type { TextPlace } from './served-routes.ts';

/** Fields that are kept in a form of their own: addresses without blanks, numbers as E.164, codes in capitals. */
const reformed = new Set(['email', 'phone', 'country', 'birthDate']);
const lists = new Set(['deviceIds', 'anonymousIds', 'cookies', 'advertisingIds']);

const memberAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? (at as Record<string, unknown>)[name]
        : undefined,
    value,
  );

/** The text that should stand at a place, or `undefined` where another form of it is kept. */
const differs = (profile: unknown, { part, path }: TextPlace, text: string): boolean => {
  const [first, second = ''] = path;
  if (first === 'externalIds') {
    if (reformed.has(second) || second === 'custom' || second === 'customerId') return false;
    const held = memberAt(profile, ['externalIds', second]);
    return lists.has(second) && !(Array.isArray(held) && held.includes(text.trim()));
  }
  if (first !== 'attributes' || reformed.has(second)) return false;
  const [found, expected] =
    part === 'name' ? [memberAt(profile, [...path, text]), 'x'] : [memberAt(profile, path), text];
  return !isDeepStrictEqual(found, expected);
};

/** The places at which a profile does not hold the text that it accepted there. */
export const differences = (profile: unknown, taken: readonly TextPlace[], text: string): string[] =>
  taken
    .filter(place => differs(profile, place, text))
    .map(({ path }) => `${path.join('.')} does not read back ${JSON.stringify(text).slice(0, 60)}`);
