import { type Condition, isComparison, leavesOf } from '../language/condition.ts';
import type { FieldKind } from '../model/profile-fields.ts';
import { type StoredTrait, traitIn } from '../model/trait.ts';
import type { Collection } from '../ports/collection.ts';

/** The traits that there are, with what each of them holds. */
export const kindsOfTraits = (traits: readonly StoredTrait[]): ReadonlyMap<string, FieldKind> =>
  new Map(traits.map(({ id, holds }) => [id, holds]));

/** The traits that a condition asks for. */
export const traitsNamedIn = (condition: Condition): string[] =>
  leavesOf(condition).flatMap(leaf => (isComparison(leaf) ? (traitIn(leaf.field) ?? []) : []));

/** What the traits hold that a condition names; nobody is asked where it names none. */
export const traitKindsFor = async (
  condition: Condition,
  traits: Pick<Collection<StoredTrait>, 'all'>,
): Promise<ReadonlyMap<string, FieldKind>> =>
  traitsNamedIn(condition).length === 0 ? new Map() : kindsOfTraits(await traits.all());
