import { once } from 'node:events';
import { createServer, type IncomingMessage, request as open, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * Stands before a platform and hands on whatever comes, as it is. On demand the next call reaches the platform, and its
 * sender is told 500 all the same: the answer that is lost, which is where a repeat would count twice.
 */
export class Gate {
  readonly #server: Server;
  readonly #target: URL;
  #losing = false;
  /** Calls that came after the last answer was lost. */
  retried = 0;

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((request, response) => {
      this.#handOn(request, response).catch((fault: Error) => response.destroy(fault));
    });
  }

  static async open(target: string): Promise<Gate> {
    const gate = new Gate(target);
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
    const { method, url: path, headers } = incoming;
    const { hostname, port } = this.#target;
    const outgoing = open({ hostname, port, method, path, headers });
    outgoing.end(await buffer(incoming));
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const body = await buffer(answer);
    const isLost = method === 'POST' && this.#losing;
    if (isLost) this.#losing = false;
    else if (method === 'POST') this.retried += 1;
    const { 'content-length': _length, 'transfer-encoding': _framing, ...told } = answer.headers;
    response.writeHead(isLost ? 500 : (answer.statusCode ?? 502), told).end(body);
  }
}
