import type { Fact } from '../../core/model/fact.ts';
import type { EventBus } from '../../core/ports/event-bus.ts';

const factsKept = 1000;

/** A bus of this process, where there is none of the account: keeps the newest facts. */
export const recordedBus = (): EventBus & { readonly facts: readonly Fact[] } => {
  const facts: Fact[] = [];
  return {
    facts,
    put: async more => {
      facts.push(...more);
      facts.splice(0, facts.length - factsKept);
      return [];
    },
  };
};
