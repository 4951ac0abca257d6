import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Fact } from '../../core/model/fact.ts';
import type { EventBus } from '../../core/ports/event-bus.ts';
import { chunksOf } from './table/chunks-of.ts';

const entriesPerCallMax = 10;

/** By which rules know what is ours. */
export const busSource = 'customer-data-platform';

const entryOf = (fact: Fact, EventBusName: string): PutEventsRequestEntry => ({
  EventBusName,
  Source: busSource,
  DetailType: fact.type,
  Time: new Date(fact.at),
  Detail: JSON.stringify(fact),
});

/** Those of some facts that were not taken; all of them where nobody answered. */
const refusedOf = async (client: EventBridgeClient, busName: string, facts: readonly Fact[]): Promise<Fact[]> => {
  try {
    const { Entries = [] } = await client.send(
      new PutEventsCommand({ Entries: facts.map(fact => entryOf(fact, busName)) }),
    );
    return facts.filter((_, index) => Entries[index]?.EventId === undefined);
  } catch {
    return [...facts];
  }
};

/** A bus of EventBridge: the type of a fact is its detail type, the fact itself its detail. */
export const eventBridgeBus = (client: EventBridgeClient, busName: string): EventBus => ({
  put: async facts => {
    const calls = chunksOf([...facts], entriesPerCallMax);
    return (await Promise.all(calls.map(some => refusedOf(client, busName, some)))).flat();
  },
});
