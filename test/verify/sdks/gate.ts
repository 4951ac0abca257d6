import { once } from 'node:events';
import { createServer, type IncomingMessage, request as open, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';

type Json = Record<string, unknown>;

const isPacked = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
const read = (bytes: Buffer): Json =>
  bytes.length === 0 ? {} : JSON.parse((isPacked(bytes) ? gunzipSync(bytes) : bytes).toString());

const without = ({ messageId: _forgotten, ...call }: Json): Json => call;

/** The same calls, none of which is known again when it is repeated. */
const forgotten = (bytes: Buffer): Buffer => {
  const { batch, ...body } = read(bytes);
  const calls = Array.isArray(batch) ? { batch: batch.map(without) } : {};
  const text = Buffer.from(JSON.stringify({ ...without(body), ...calls }));
  return isPacked(bytes) ? gzipSync(text) : text;
};

/**
 * Stands before a platform and hands on whatever comes, as it is. On demand the next call reaches the platform, and its
 * sender is told 500 all the same: the answer that is lost, which is where a repeat would count twice.
 */
export class Gate {
  readonly #server: Server;
  readonly #target: URL;
  #losing = false;
  readonly #forgetful: boolean;
  /** Calls that came after the last answer was lost. */
  retried = 0;
  /** Requests with several calls in them. */
  batches = 0;

  private constructor(target: string, forgetful: boolean) {
    this.#target = new URL(target);
    this.#forgetful = forgetful;
    this.#server = createServer((request, response) => {
      this.#handOn(request, response).catch((fault: Error) => response.destroy(fault));
    });
  }

  /** `forgetful`: a door that knows no message again. */
  static async open(target: string, { forgetful = false } = {}): Promise<Gate> {
    const gate = new Gate(target, forgetful);
    gate.#server.listen(0, '127.0.0.1');
    await once(gate.#server, 'listening');
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Loses the answer to the next call. */
  loseAnswer(): void {
    this.#losing = true;
    this.retried = 0;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #handOn(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url: path } = incoming;
    const { hostname, port } = this.#target;
    const sent = await buffer(incoming);
    if (method === 'POST') this.#count(read(sent));
    const body = this.#forgetful && method === 'POST' ? forgotten(sent) : sent;
    const { 'transfer-encoding': _chunked, ...given } = incoming.headers;
    const headers = method === 'POST' ? { ...given, 'content-length': String(body.length) } : given;
    const outgoing = open({ hostname, port, method, path, headers });
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const answered = await buffer(answer);
    const isLost = method === 'POST' && this.#losing;
    if (isLost) this.#losing = false;
    else if (method === 'POST') this.retried += 1;
    const { 'content-length': _length, 'transfer-encoding': _framing, ...told } = answer.headers;
    response.writeHead(isLost ? 500 : (answer.statusCode ?? 502), told).end(answered);
  }

  #count({ batch }: Json): void {
    if (Array.isArray(batch) && batch.length > 1) this.batches += 1;
  }
}
