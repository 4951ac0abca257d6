import { type Compiled, compile } from '../../language/compile.ts';
import type { Condition } from '../../language/condition.ts';
import { type Dependencies, dependenciesOf } from '../../language/dependencies.ts';
import { isTimed } from '../../language/next-flip.ts';
import { Slots, type Subject } from '../../language/subject.ts';
import { clausesOf } from './clauses.ts';
import { isClear, type PlacedLiteral, slotMasks } from './slot-masks.ts';

/** A definition by its place among those of the index. */
export interface IndexedDefinition {
  compiled: Compiled;
  needs: Dependencies;
  /** Does time alone change it? */
  isTimed: boolean;
  /** Its clauses are so many from here. */
  firstClause: number;
  clauses: number;
  /** Some of its clauses say only that it may hold. */
  isOpen: boolean;
}

/** What is known before somebody’s events are read: it does not hold, it does, or it has to be asked. */
export const verdicts = { not: 0, holds: 1, open: 2 } as const;

const wordBits = 32;

const isSet = (bits: Uint32Array, clause: number): boolean =>
  ((bits[Math.floor(clause / wordBits)] ?? 0) & (1 << (clause % wordBits))) !== 0;

const intersect = (bits: Uint32Array, mask: Uint32Array): void => {
  for (let word = 0; word < bits.length; word += 1) bits[word] = (bits[word] ?? 0) & (mask[word] ?? 0);
};

/**
 * All definitions at once: each is an OR of clauses, and each value of a field leaves some clauses possible. Those that
 * all fields leave are the ones that hold, but for what has to be asked of the evaluator itself.
 */
export class SegmentIndex {
  readonly definitions: readonly IndexedDefinition[];
  /** Those that their clauses do not wholly tell, or that time decides as well. */
  readonly asked: readonly IndexedDefinition[];
  readonly slots = new Slots();
  /** Does time alone change any? */
  readonly isTimed: boolean;
  readonly #masks: { place: number; field: string; maskOf: (value: unknown) => Uint32Array }[];
  readonly #words: number;
  readonly #everything: Uint32Array;
  readonly #open: Uint32Array;
  readonly #owners: Uint32Array;
  /** Those that each clause asks for. */
  readonly #fields: string[][] = [];

  constructor(conditions: readonly Condition[]) {
    const literals = new Map<number, PlacedLiteral[]>();
    const [open, owners]: [number[], number[]] = [[], []];
    this.definitions = conditions.map((condition, definition) => {
      const compiled = compile(condition, this.slots);
      const firstClause = owners.length;
      const clauses = clausesOf(condition, isClear);
      for (const clause of clauses) {
        if (clause.isOpen) open.push(owners.length);
        for (const literal of clause.literals) {
          const place = this.slots.placeOf(literal.comparison.field);
          const own = literals.get(place) ?? [];
          if (own.push({ ...literal, clause: owners.length }) === 1) literals.set(place, own);
        }
        owners.push(definition);
        this.#fields.push(clause.literals.map(({ comparison }) => comparison.field));
      }
      const isOpen = clauses.some(clause => clause.isOpen);
      return {
        compiled,
        needs: dependenciesOf(condition),
        isTimed: isTimed(condition),
        firstClause,
        clauses: clauses.length,
        isOpen,
      };
    });
    this.isTimed = this.definitions.some(definition => definition.isTimed);
    this.asked = this.definitions.filter(({ isOpen, isTimed: timed }) => isOpen || timed);
    this.#words = Math.ceil(owners.length / wordBits);
    this.#owners = Uint32Array.from(owners);
    this.#masks = [...literals].map(([place, own]) => ({
      place,
      field: this.slots.fields[place] ?? '',
      maskOf: slotMasks(own, this.#words),
    }));
    this.#everything = this.#bitsOf(owners.keys());
    this.#open = this.#bitsOf(open);
  }

  #bitsOf(clauses: Iterable<number>): Uint32Array {
    const bits = new Uint32Array(this.#words);
    for (const clause of clauses) {
      const word = Math.floor(clause / wordBits);
      bits[word] = (bits[word] ?? 0) | (1 << (clause % wordBits));
    }
    return bits;
  }

  /** The clauses that the fields which `isKnown` leave possible. */
  possible(values: readonly unknown[], isKnown: (field: string) => boolean = () => true): Uint32Array {
    const bits = this.#everything.slice();
    for (const { place, field, maskOf } of this.#masks) if (isKnown(field)) intersect(bits, maskOf(values[place]));
    return bits;
  }

  /** Do these clauses leave a definition possible? */
  isPossible({ firstClause, clauses }: IndexedDefinition, bits: Uint32Array): boolean {
    for (let clause = firstClause; clause < firstClause + clauses; clause += 1) if (isSet(bits, clause)) return true;
    return false;
  }

  /** Do these clauses say that a definition holds, whatever the fields are that are not known? */
  isCertain(
    { firstClause, clauses }: IndexedDefinition,
    bits: Uint32Array,
    isKnown: (field: string) => boolean,
  ): boolean {
    for (let clause = firstClause; clause < firstClause + clauses; clause += 1) {
      if (isSet(bits, clause) && !isSet(this.#open, clause) && this.#fields[clause]?.every(isKnown)) return true;
    }
    return false;
  }

  /** The definitions of which these clauses leave other possibilities than those. */
  differing(left: Uint32Array, right: Uint32Array): IndexedDefinition[] {
    const found = new Set<number>();
    for (let word = 0; word < left.length; word += 1) {
      for (let bits = (left[word] ?? 0) ^ (right[word] ?? 0); bits !== 0; bits &= bits - 1) {
        found.add(this.#owners[word * wordBits + (31 - Math.clz32(bits & -bits))] ?? 0);
      }
    }
    return [...found].flatMap(place => this.definitions[place] ?? []);
  }

  /** Of each definition, by its place: what is known of whether it holds of somebody. */
  found(values: readonly unknown[]): Uint8Array {
    const bits = this.possible(values);
    const found = new Uint8Array(this.definitions.length);
    for (let word = 0; word < bits.length; word += 1) {
      for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) {
        const clause = word * wordBits + (31 - Math.clz32(left & -left));
        const definition = this.#owners[clause] ?? 0;
        if (!isSet(this.#open, clause)) found[definition] = verdicts.holds;
        else if (found[definition] === verdicts.not) found[definition] = verdicts.open;
      }
    }
    return found;
  }

  /** Which definitions hold of somebody, by their places: 1 of each that does, 0 of all others. */
  holding(subject: Subject): Uint8Array {
    const found = this.found(subject.values);
    for (let place = found.indexOf(verdicts.open); place >= 0; place = found.indexOf(verdicts.open, place + 1)) {
      found[place] = this.definitions[place]?.compiled.holds(subject) ? verdicts.holds : verdicts.not;
    }
    return found;
  }
}
