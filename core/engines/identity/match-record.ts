import { type Identifier, isBlockedValue, matchKey, whyUnusable } from '../../model/identifier.ts';
import type { Normalised } from './comparison.ts';
import { type AttributeKinds, normalForms } from './normal-forms.ts';

/** What is compared of one record. */
export interface MatchRecord {
  attributes: Normalised;
  /** By type, the keys under which its identifiers match. */
  identifiers: Readonly<Record<string, readonly string[]>>;
}

type Given = Readonly<Record<string, string | null | undefined>>;

const normalised = (attributes: Given, kinds: AttributeKinds, identified: ReadonlySet<string>): Normalised => {
  const normal: Record<string, string> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const given = attributes[name];
    if (identified.has(kind)) continue;
    if (given === undefined || given === null || isBlockedValue(given)) continue;
    const value = normalForms[kind](given);
    if (value !== '') normal[name] = value;
  }
  return normal;
};

/**
 * A record in the form in which it is compared. What is malformed or shared by many people is left out. An address or a
 * number counts once: where the record has one as an identifier, none of its attributes is compared as well.
 */
export const matchRecord = (
  attributes: Given,
  kinds: AttributeKinds,
  identifiers: readonly Identifier[] = [],
): MatchRecord => {
  const byType: Record<string, string[]> = {};
  for (const identifier of identifiers) {
    if (whyUnusable(identifier) !== undefined) continue;
    byType[identifier.type] = [...(byType[identifier.type] ?? []), matchKey(identifier)];
  }
  return { attributes: normalised(attributes, kinds, new Set(Object.keys(byType))), identifiers: byType };
};
