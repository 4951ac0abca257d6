import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import * as z from 'zod';

const Row = z.object({ row: z.string(), profileId: z.string() });
const Added = Row.extend({ customerId: z.string().optional(), email: z.string().optional() });
const DeliveryBody = z.object({ data: z.object({ added: z.array(Added), removed: z.array(Row) }) });

/** One line of a delivery, as the receiver took it. */
export interface ReceivedRow {
  operation: 'added' | 'removed';
  profileId: string;
  customerId?: string | undefined;
  email?: string | undefined;
}

/** A webhook receiver as somebody who uses the platform would write one: it checks signatures and drops repeats. */
export interface Receiver {
  url: string;
  /** From now on a delivery must be signed with this; until then none is checked. */
  trust(secret: string): void;
  deliveries(): { taken: number; checked: number; refused: number };
  close(): void;
}

const numberIn = ({ row }: { row: string }): number => Number(row.slice(row.lastIndexOf(':') + 1));

type OnRow = (row: ReceivedRow) => void;

class Book {
  secret: string | undefined;
  taken = 0;
  checked = 0;
  refused = 0;
  readonly #newest = new Map<string, number>();
  readonly #onRow: OnRow;

  constructor(onRow: OnRow) {
    this.#onRow = onRow;
  }

  /** @throws WebhookVerificationError, ZodError, SyntaxError */
  take(body: string, headers: Record<string, string>): void {
    if (this.secret !== undefined) new Webhook(this.secret).verify(body, headers);
    const { added, removed } = DeliveryBody.parse(JSON.parse(body)).data;
    for (const row of added) this.#takeRow(row, { ...row, operation: 'added' });
    for (const row of removed) this.#takeRow(row, { ...row, operation: 'removed' });
    this.taken += 1;
    if (this.secret !== undefined) this.checked += 1;
  }

  /** A row that was seen, or that an overtaken delivery brings late, says nothing new. */
  #takeRow(row: z.output<typeof Row>, received: ReceivedRow): void {
    if (numberIn(row) <= (this.#newest.get(row.profileId) ?? -1)) return;
    this.#newest.set(row.profileId, numberIn(row));
    this.#onRow(received);
  }
}

const refusals = [WebhookVerificationError, z.ZodError, SyntaxError];

const answerFor = async (book: Book, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  try {
    book.take(await text(request), request.headers as Record<string, string>);
    response.writeHead(204).end();
  } catch (refusal) {
    if (!refusals.some(kind => refusal instanceof kind)) throw refusal;
    book.refused += 1;
    response.writeHead(refusal instanceof WebhookVerificationError ? 401 : 400).end();
  }
};

/** Opens it. @throws what listening throws, e.g. where the port is in use */
export const openReceiver = async (
  { host, port }: { host: string; port: number },
  onRow: OnRow = () => undefined,
): Promise<Receiver> => {
  const book = new Book(onRow);
  const server = createServer((request, response) => void answerFor(book, request, response)).listen(port, host);
  await once(server, 'listening');
  return {
    url: `http://${host}:${port}/demo`,
    trust: secret => {
      book.secret = secret;
    },
    deliveries: () => ({ taken: book.taken, checked: book.checked, refused: book.refused }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
