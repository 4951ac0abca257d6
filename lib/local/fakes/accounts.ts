import { createHash } from 'node:crypto';
import type { FakeStore } from './fake-store.ts';

/** Somebody who has an account at a platform, as they write themselves. */
export interface Account {
  email?: string;
  /** With its country code. */
  phone?: string;
  firstName?: string;
  lastName?: string;
  city?: string;
  country?: string;
}

/** How a platform reads a field of an account, and what senders make of it who read its rules wrongly. */
export interface FieldRule {
  of: keyof Account;
  right: (value: string) => string;
  wrong: readonly ((value: string) => string)[];
}

export const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const rightList = '_accounts';
const wrongList = '_wrong-hashes';
const twice = (text: string): string => sha256Hex(text);

/** Mistakes that every platform knows: raw, in capitals, with blanks, hashed twice. */
const usualMistakes = ({ right }: FieldRule): ((value: string) => string)[] => [
  value => value,
  value => value.toUpperCase(),
  value => right(value).toUpperCase(),
  value => ` ${right(value)} `,
  value => twice(right(value)),
];

/** Lets a platform know people, so that it matches rows to them and tells a wrong hash from one of somebody else. */
export const addAccounts = (
  accounts: readonly Account[],
  rules: Readonly<Record<string, FieldRule>>,
  store: FakeStore,
): void => {
  const right = new Map<string, { field: string }>();
  const wrong = new Map<string, { reason: string }>();
  for (const account of accounts) {
    for (const [field, rule] of Object.entries(rules)) {
      const value = account[rule.of];
      if (value === undefined) continue;
      const hash = sha256Hex(rule.right(value));
      right.set(`${field} ${hash}`, { field });
      for (const mistake of [...usualMistakes(rule), ...rule.wrong]) {
        const other = sha256Hex(mistake(value));
        if (other !== hash)
          wrong.set(`${field} ${other}`, { reason: 'is the hash of a value that was not normalised' });
      }
    }
  }
  for (const key of right.keys()) wrong.delete(key);
  store.put(rightList, [...right]);
  store.put(wrongList, [...wrong]);
};

/** Why the hash is that of somebody whom the platform knows, but made in a wrong way; or `undefined`. */
export const accountFault = (field: string, hash: unknown, store: FakeStore): string | undefined => {
  if (store.list(rightList).has(`${field} ${hash}`)) return undefined;
  const wrong = store.list(wrongList).get(`${field} ${hash}`);
  return wrong === undefined ? undefined : String(wrong.reason);
};

export const isMatched = (field: string, hash: unknown, store: FakeStore): boolean =>
  store.list(rightList).has(`${field} ${hash}`);
