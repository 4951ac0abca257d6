import type { FieldPolicy, View } from './caller.ts';
import { fieldClasses } from './field-class.ts';

const ranks: Readonly<Record<View, number>> = { show: 0, mask: 1, hash: 1, drop: 2 };

/** Blurred and hashed tell different things: who sees the one may not have the other. */
const isAsMuch = (own: View, shown: View): boolean => own === shown || ranks[own] < ranks[shown];

/** Whether a caller may see whatever of each class was shown under another policy. */
export const seesClasses = (caller: FieldPolicy, shown: FieldPolicy): boolean =>
  fieldClasses.every(name => isAsMuch(caller[name] ?? 'show', shown[name] ?? 'show'));

/** A field without a rule may have been shown: only who is shown it then sees as much, or where it was left out. */
const seesField = (name: `field:${string}`, caller: FieldPolicy, shown: FieldPolicy): boolean =>
  isAsMuch(caller[name] ?? 'drop', shown[name] ?? 'show');

const isField = (name: string): name is `field:${string}` => name.startsWith('field:');

/** Whether a caller may see whatever was shown under another policy. */
export const seesAsMuch = (caller: FieldPolicy, shown: FieldPolicy): boolean =>
  seesClasses(caller, shown) &&
  [...Object.keys(caller), ...Object.keys(shown)].filter(isField).every(name => seesField(name, caller, shown));
