import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MessageJournal } from '../../../../../lib/local/engines/queues/message-journal.ts';
import type { QueuedMessage } from '../../../../../lib/local/engines/queues/queue-internals.ts';

const stateDirectory = (): string => mkdtempSync(join(tmpdir(), 'cdp-journal-'));
const fileOf = (directory: string): string => join(directory, 'queues/messages.jsonl');

const message = (messageId: string): QueuedMessage => ({
  messageId,
  body: `body of ${messageId}`,
  messageAttributes: {},
  sentTimestamp: 1,
  approximateReceiveCount: 0,
});

/** Writes into a journal and answers what the next start finds open. */
const reopened = (directory: string, write: (journal: MessageJournal) => void) => {
  const { journal } = MessageJournal.open(directory);
  write(journal);
  const { open } = MessageJournal.open(directory);
  return [...open.messages.values()].map(
    held => `${held.queue} ${held.message.messageId} ${held.message.approximateReceiveCount}`,
  );
};

test('what was accepted and not deleted is open at the next start, with its receives', () => {
  const open = reopened(stateDirectory(), journal => {
    for (const id of ['a', 'b', 'c']) journal.append({ kind: 'accepted', queue: 'work', message: message(id) });
    journal.append({ kind: 'received', messageIds: ['a', 'b'] });
    journal.append({ kind: 'deleted', messageId: 'b' });
  });
  expect(open).toEqual(['work a 1', 'work c 0']);
});

test('a message that moved to its dead letters is held there alone', () => {
  const open = reopened(stateDirectory(), journal => {
    journal.append({ kind: 'accepted', queue: 'work', message: message('a') });
    journal.append({ kind: 'accepted', queue: 'dead', message: message('a') });
  });
  expect(open).toEqual(['dead a 0']);
});

test('a purge empties one queue', () => {
  const open = reopened(stateDirectory(), journal => {
    journal.append({ kind: 'accepted', queue: 'work', message: message('a') });
    journal.append({ kind: 'accepted', queue: 'other', message: message('b') });
    journal.append({ kind: 'purged', queue: 'work' });
  });
  expect(open).toEqual(['other b 0']);
});

test('deduplication ids are remembered for five minutes', () => {
  const directory = stateDirectory();
  const { journal } = MessageJournal.open(directory);
  const seen = (deduplicationId: string, at: number) =>
    journal.append({ kind: 'seen', queue: 'work', deduplicationId, messageId: 'm', at });
  seen('old', Date.now() - 6 * 60_000);
  seen('fresh', Date.now());
  expect(MessageJournal.open(directory).open.seen.map(({ deduplicationId }) => deduplicationId)).toEqual(['fresh']);
});

test('a start leaves only what is open in the file', () => {
  const directory = stateDirectory();
  reopened(directory, journal => {
    journal.append({ kind: 'accepted', queue: 'work', message: message('a') });
    journal.append({ kind: 'deleted', messageId: 'a' });
    journal.append({ kind: 'accepted', queue: 'work', message: message('b') });
  });
  expect(readFileSync(fileOf(directory), 'utf8').trim().split('\n')).toHaveLength(1);
});

test('a last line that a kill cut short was never acknowledged', () => {
  const directory = stateDirectory();
  reopened(directory, journal => journal.append({ kind: 'accepted', queue: 'work', message: message('a') }));
  appendFileSync(fileOf(directory), '{"kind":"accep');
  expect([...MessageJournal.open(directory).open.messages.keys()]).toEqual(['a']);
});

test('a broken line before the last one is told', () => {
  const directory = stateDirectory();
  MessageJournal.open(directory);
  appendFileSync(fileOf(directory), '{"kind":"acc\n{"kind":"purged","queue":"work"}\n');
  expect(() => MessageJournal.open(directory)).toThrow(/messages\.jsonl is damaged at line 1/);
});
