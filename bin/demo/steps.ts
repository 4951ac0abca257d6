import type { Chance } from './chance.ts';
import type { Happening } from './happening.ts';

/** What the steps of a visit have in common. */
type Base = Omit<Happening['event'], 'type' | 'properties'>;

/** Steps of a visit, one after the other, some seconds apart. */
export class Steps {
  readonly happenings: Happening[] = [];
  at: number;
  readonly #base: Base;
  readonly #chance: Chance;

  constructor(at: number, base: Base, chance: Chance) {
    this.at = at;
    this.#base = base;
    this.#chance = chance;
  }

  add(type: string, properties: Record<string, unknown>): void {
    this.happenings.push({ at: this.at, event: { ...this.#base, type, properties } });
    this.at += this.#chance.between(8, 150) * 1000;
  }
}
