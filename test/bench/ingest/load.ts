import { Agent, request } from 'node:http';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { sampleEvent } from './sample-events.ts';

const digits = 9;
const placeholder = (n: number): string => `m-${'x'.repeat(digits - 3)}${String(n).padStart(3, '0')}`;

/** A batch whose message ids can be written into its bytes, so that making one costs next to nothing. */
export const batchMaker = (size: number, people: number, seed = 1): ((first: number) => Buffer) => {
  const random = seededRandom(seed);
  const events = Array.from({ length: size }, (_, n) => sampleEvent(placeholder(n), random.below(people), random));
  const template = Buffer.from(JSON.stringify({ events }));
  const places: number[][] = events.map((_, n) => {
    const found: number[] = [];
    for (let at = template.indexOf(placeholder(n)); at >= 0; at = template.indexOf(placeholder(n), at + 1))
      found.push(at);
    return found;
  });
  return first => {
    const body = Buffer.from(template);
    places.forEach((own, n) => {
      for (const at of own) body.write(String(first + n).padStart(digits, '0'), at + 2, 'latin1');
    });
    return body;
  };
};

/** Which event of a bench a message is. */
export const numberOf = (messageId: string): number => Number(messageId.slice(2));

/** Sends one body; tells the status and what was accepted. */
export const post = (
  url: string,
  key: string,
  agent: Agent,
  body: Buffer,
): Promise<{ status: number; accepted: number }> =>
  new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length, 'x-api-key': key };
    const sent = request(`${url}/api/cdp/events/batch`, { method: 'POST', agent, headers }, answer => {
      let start = '';
      answer.on('data', (chunk: Buffer) => {
        if (start.length < 300) start += chunk.toString('latin1', 0, 300);
      });
      answer.on('end', () => {
        const [, accepted = '0'] = /"accepted":(\d+)/.exec(start) ?? [];
        resolve({ status: answer.statusCode ?? 0, accepted: Number(accepted) });
      });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });

export const openAgent = (connections: number): Agent => new Agent({ keepAlive: true, maxSockets: connections });
