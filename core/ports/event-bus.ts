import type { Fact } from '../model/fact.ts';

/** Where other systems of the account listen. */
export interface EventBus {
  /** Returns what it did not take. A fact may be put twice, under one id. */
  put(facts: readonly Fact[]): Promise<Fact[]>;
}
