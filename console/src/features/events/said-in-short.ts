import { formatValue } from '../../lib/format.ts';

const shownMax = 4;

/** The first plain properties of an event in one line. */
export const saidInShort = (properties: Readonly<Record<string, unknown>>): string =>
  Object.entries(properties)
    .filter(([, value]) => typeof value !== 'object')
    .slice(0, shownMax)
    .map(([name, value]) => `${name} ${formatValue(value)}`)
    .join(' · ');
