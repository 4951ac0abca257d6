import type { Condition } from '../language/condition.ts';
import type { FieldKind } from './profile-fields.ts';

/** What a trait makes of events; a formula of fields. */
export const traitKinds = [
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'first',
  'last',
  'most_frequent',
  'unique_list',
  'formula',
] as const;
export type TraitKind = (typeof traitKinds)[number];

/** What a trait may come to; of somebody of whom there is nothing to tell it is missing. */
export type TraitValue = string | number | boolean | (string | number | boolean)[];

/** How a trait is calculated. */
export interface Trait {
  /** The field `traits.<name>` of a profile. */
  name: string;
  kind: TraitKind;
  /** The type of the events that are meant. */
  event?: string | undefined;
  /** The property of them that is looked at. */
  property?: string | undefined;
  /** What must hold of such an event. */
  where?: Condition | undefined;
  /** How far back; absent: ever. */
  windowDays?: number | undefined;
  formula?: string | undefined;
}

/** A trait as it is kept, by its name. */
export interface StoredTrait extends Trait {
  id: string;
  version: number;
  description?: string | undefined;
  /** What its values are, as far as that is known. */
  holds: FieldKind;
  /** The job that calculates it for everybody. */
  jobId: string;
  /** ISO 8601. */
  createdAt: string;
  createdBy?: string | undefined;
}

const prefix = 'traits.';

/** The name of the trait that a path names; `undefined` for every other path. */
export const traitIn = (path: string): string | undefined =>
  path.startsWith(prefix) ? path.slice(prefix.length) : undefined;

export const traitNamePattern = /^[a-z][a-z0-9_]{0,59}$/;
