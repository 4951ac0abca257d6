import { isDeepStrictEqual } from 'node:util';
import type { Client } from '../../../core/contract/client.ts';
import { until } from '../../fixtures/until.ts';

const secondsMax = 90;
const readNames = new Set(['__proto__', 'constructor', 'prototype']);

const propertiesOf = (text: string): Record<string, unknown> =>
  readNames.has(text) ? { text } : { text, list: [text], inner: { [text]: text } };

/**
 * Tracks a purchase with each text in its properties and its order id, and reads them back from the profile. Returns
 * what was accepted and is not there as it was sent.
 */
export const trackTexts = async (client: Client, texts: readonly string[]): Promise<string[]> => {
  const { id } = await client.createProfile({ body: { firstName: 'Reads back' } });
  const wanted = new Map<string, unknown>();
  for (let start = 0; start < texts.length; start += 100) {
    const events = texts.slice(start, start + 100).map((text, index) => {
      const messageId = `text-${start + index}`;
      return {
        profileId: id,
        type: 'purchase',
        messageId,
        properties: { ...propertiesOf(text), orderId: text, amount: 1 },
      };
    });
    const { results } = await client.trackEvents({ body: { events } });
    for (const { index, error } of results) {
      const event = events[index];
      if (event && !error) wanted.set(event.messageId, event.properties);
    }
  }
  const kept = async () => {
    const { items } = await client.listProfileEvents({ params: { id }, query: { limit: 1000 } });
    return new Map(items.map(({ messageId, properties }) => [messageId, properties]));
  };
  await until('every accepted event to be kept', async () => (await kept()).size === wanted.size, secondsMax);
  const found = await kept();
  return [...wanted]
    .filter(([messageId, properties]) => !isDeepStrictEqual(found.get(messageId), properties))
    .map(([messageId]) => `${messageId} does not read back`);
};
