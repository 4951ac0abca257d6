import { Agent, request } from 'node:http';
import { inLanes } from '../../../core/model/in-lanes.ts';

export interface Sent {
  method: string;
  /** Path and query, encoded. */
  path: string;
  body?: Buffer | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

export interface Received {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

const lanes = 12;

/** Sends requests to a platform and keeps count of them. */
export class Sender {
  sent = 0;
  /** What was answered with 5xx, or not at all: a line each. */
  readonly failures: string[] = [];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: lanes });
  readonly #url: URL;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = new URL(url);
    this.#key = key;
  }

  /** One answer; a connection that ends without one has the status 599. */
  async send(sent: Sent, name: string): Promise<Received> {
    this.sent += 1;
    const received = await this.#exchange(sent).catch(
      (fault: unknown): Received => ({ status: 599, headers: {}, text: String(fault) }),
    );
    if (received.status >= 500) {
      const what = `${received.status} ${sent.method} ${sent.path.slice(0, 120)}`;
      this.failures.push(`${what} · ${name} · ${received.text.slice(0, 200)}`);
    }
    return received;
  }

  /** Runs a task for each value, a few at a time. */
  each<Value, Result>(values: readonly Value[], task: (value: Value) => Promise<Result>): Promise<Result[]> {
    return inLanes(values, lanes, task);
  }

  close(): void {
    this.#agent.destroy();
  }

  #exchange({ method, path, body, headers }: Sent): Promise<Received> {
    const { hostname, port } = this.#url;
    const own = { 'x-api-key': this.#key, ...(body ? { 'content-length': String(body.length) } : {}) };
    return new Promise((resolve, reject) => {
      const options = { hostname, port, method, path, agent: this.#agent, headers: { ...own, ...headers } };
      const outgoing = request(options, incoming => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.once('error', reject);
        incoming.once('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text });
        });
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  }
}
