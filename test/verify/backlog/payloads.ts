import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { sampleEvent } from '../../bench/ingest/sample-events.ts';
import { someEvent } from '../../fixtures/profile-states.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { recordsOf } from '../../simulation/steady-windows.ts';

/** Lambda takes an event of at most 6 MB, records in base64, and the mapping asks for at most a thousand. */
const [payloadBytesMax, recordsMax] = [6 * 1024 * 1024, 1_000];
const batchSize = 50;

const ofPerson = (person: number, parts: Partial<AcceptedEvent>): AcceptedEvent =>
  someEvent({ identifiers: [{ type: 'customerId', value: `backlog-${person}` }], ...parts });

const random = seededRandom(7);

/** What may stand in a backlog: each makes one event of a person. */
export const kinds: { readonly [name: string]: (person: number) => AcceptedEvent } = {
  'usual events': person => {
    const { type, properties, context } = sampleEvent(`m-${person}`, person, random) as unknown as AcceptedEvent;
    return ofPerson(person, { type, properties, ...(context === undefined ? {} : { context }) });
  },
  'events that pack a thousand to one': person => ofPerson(person, { properties: { text: 'a'.repeat(31_000) } }),
  'events of many small objects': person =>
    ofPerson(person, { properties: { list: Array.from({ length: 9_000 }, () => ({})) } }),
};

/** One invocation's records, as many as Lambda would hand over, of about `eventsMax` events at most. */
export const payloadOf = (kind: string, people: number, eventsMax: number): ReturnType<typeof recordsOf> => {
  const make = kinds[kind];
  if (!make) throw new Error(`nothing is known of ${kind}`);
  const records: ReturnType<typeof recordsOf> = [];
  for (let [bytes, events] = [0, 0]; events < eventsMax; events += batchSize) {
    for (const record of recordsOf(Array.from({ length: batchSize }, (_, n) => make((events + n) % people)))) {
      bytes += record.kinesis.data.length;
      if (records.length === recordsMax || bytes > payloadBytesMax) return records;
      records.push(record);
    }
  }
  return records;
};
