import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Document, DocumentChanged } from '../../core/ports/collection.ts';
import { tableCollection, tableCommitTogether } from '../../functions/adapters/stores/table-collection.ts';
import { tableKinds } from './table-kinds.ts';

interface Note extends Document {
  text: string;
}

const note = (id: string, text = 'first', version = 1): Note => ({ id, text, version });

describe.each(tableKinds)('a collection $name', ({ open }) => {
  const opened = async () => {
    const table = await open();
    const [notes, others] = [`NOTES-${randomUUID()}`, `OTHERS-${randomUUID()}`].map(pk =>
      tableCollection<Note>(table, id => ({ pk, sk: id === '' ? '-' : id })),
    );
    if (!notes || !others) throw new Error('two collections were asked for');
    return { notes, others, commitTogether: tableCommitTogether(table) };
  };

  test('a document that is not there is undefined, not an error', async () => {
    const { notes } = await opened();
    expect(await notes.get('note-none')).toBeUndefined();
  });

  test('what was added is read at once, and cannot be added again', async () => {
    const { notes } = await opened();
    await notes.add(note('note-1'));
    expect(await notes.get('note-1')).toEqual(note('note-1'));
    await expect(notes.add(note('note-1', 'again'))).rejects.toThrow(DocumentChanged);
    expect((await notes.get('note-1'))?.text).toBe('first');
  });

  test('a change is taken by whoever has read the newest version, and only once', async () => {
    const { notes } = await opened();
    await notes.add(note('note-1'));
    const changes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) => notes.replace(note('note-1', `by ${index}`, 2))),
    );
    expect(changes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await notes.get('note-1'))?.version).toBe(2);
    await expect(notes.replace(note('note-none', 'x', 2))).rejects.toThrow(DocumentChanged);
  });

  test('pages go from the newest to the oldest, by cursor and by offset, with the total', async () => {
    const { notes } = await opened();
    const ids = Array.from({ length: 7 }, (_, index) => `note-${index}`);
    for (const id of ids) await notes.add(note(id, id === 'note-3' ? 'odd' : 'even'));
    const first = await notes.page({ limit: 3 });
    expect(first.items.map(({ id }) => id)).toEqual(['note-6', 'note-5', 'note-4']);
    expect(first.total).toBe(7);
    const second = await notes.page({ limit: 3, cursor: first.nextCursor });
    expect(second.items.map(({ id }) => id)).toEqual(['note-3', 'note-2', 'note-1']);
    const last = await notes.page({ limit: 3, cursor: second.nextCursor });
    expect(last).toEqual({ items: [note('note-0', 'even')], total: 7 });
    expect((await notes.page({ limit: 3, offset: 6 })).items.map(({ id }) => id)).toEqual(['note-0']);
    expect(await notes.page({ limit: 3 }, ({ text }) => text === 'odd')).toEqual({
      items: [note('note-3', 'odd')],
      total: 1,
    });
  });

  test('documents of two collections come into being together or not at all', async () => {
    const { notes, others, commitTogether } = await opened();
    await commitTogether([notes.adding(note('note-1')), others.adding(note('other-1'))]);
    expect(await others.get('other-1')).toEqual(note('other-1'));
    const again = commitTogether([notes.adding(note('note-2')), others.adding(note('other-1'))]);
    await expect(again).rejects.toThrow(DocumentChanged);
    expect(await notes.get('note-2')).toBeUndefined();
    const stale = commitTogether([notes.adding(note('note-3')), others.replacing(note('other-1', 'new', 3))]);
    await expect(stale).rejects.toThrow(DocumentChanged);
    expect(await notes.get('note-3')).toBeUndefined();
    await commitTogether([notes.adding(note('note-3')), others.replacing(note('other-1', 'new', 2))]);
    expect(await others.get('other-1')).toEqual(note('other-1', 'new', 2));
  });
});
