import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { LocalError } from '../../local-error.ts';
import type { QueuedMessage } from './queue-internals.ts';

/** A message id which a FIFO queue has seen, kept for the five minutes of its deduplication. */
export interface SeenDeduplication {
  queue: string;
  deduplicationId: string;
  messageId: string;
  sequenceNumber?: string;
  at: number;
}

type Entry =
  | { kind: 'accepted'; queue: string; message: QueuedMessage }
  | { kind: 'received'; messageIds: string[] }
  | { kind: 'deleted'; messageId: string }
  | { kind: 'purged'; queue: string }
  | ({ kind: 'seen' } & SeenDeduplication);

/** What the queues held when the journal was last written. */
export interface OpenMessages {
  messages: Map<string, { queue: string; message: QueuedMessage }>;
  seen: SeenDeduplication[];
}

const deduplicationMilliseconds = 5 * 60 * 1000;

const apply = (open: OpenMessages, entry: Entry, now: number): void => {
  if (entry.kind === 'accepted') open.messages.set(entry.message.messageId, entry);
  if (entry.kind === 'deleted') open.messages.delete(entry.messageId);
  if (entry.kind === 'seen' && entry.at > now - deduplicationMilliseconds) open.seen.push(entry);
  if (entry.kind === 'purged')
    for (const [id, { queue }] of open.messages) if (queue === entry.queue) open.messages.delete(id);
  if (entry.kind === 'received')
    for (const id of entry.messageIds) {
      const held = open.messages.get(id);
      if (held) held.message.approximateReceiveCount++;
    }
};

/** A kill may cut the last line short; it was never acknowledged. A broken line before the last one is corruption. */
const parse = (file: string): Entry[] => {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as Entry];
    } catch {
      if (index === lines.length - 1) return [];
      throw new LocalError(`${file} is damaged at line ${index + 1}. Remove the state directory to start afresh.`);
    }
  });
};

/**
 * Every accepted message and every deletion, appended to one file before the caller gets the answer. A message that
 * moves to another queue (dead letters) is one line: the last queue to accept it holds it.
 */
export class MessageJournal {
  #file: string;
  #descriptor: number;

  /** Reads what is open, rewrites the file with only that, and appends from there on. */
  static open(stateDirectory: string): { journal: MessageJournal; open: OpenMessages } {
    const directory = join(stateDirectory, 'queues');
    mkdirSync(directory, { recursive: true });
    const file = join(directory, 'messages.jsonl');
    const open: OpenMessages = { messages: new Map(), seen: [] };
    const now = Date.now();
    if (existsSync(file)) for (const entry of parse(file)) apply(open, entry, now);
    return { journal: new MessageJournal(file, open), open };
  }

  constructor(file: string, open: OpenMessages) {
    this.#file = file;
    this.#descriptor = this.#compact(open);
  }

  #compact({ messages, seen }: OpenMessages): number {
    const entries: Entry[] = [
      ...[...messages.values()].map(({ queue, message }): Entry => ({ kind: 'accepted', queue, message })),
      ...seen.map((entry): Entry => ({ ...entry, kind: 'seen' })),
    ];
    const fresh = `${this.#file}.new`;
    writeFileSync(fresh, entries.map(entry => `${JSON.stringify(entry)}\n`).join(''));
    renameSync(fresh, this.#file);
    return openSync(this.#file, 'a');
  }

  /** Appends one entry; it is with the operating system when this returns, so a kill -9 cannot lose it. */
  append(entry: Entry): void {
    writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
