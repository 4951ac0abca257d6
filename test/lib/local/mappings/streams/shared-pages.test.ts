import { expect, test } from 'vitest';
import { Bell } from '../../../../../lib/local/engines/bell.ts';
import { sharedPages } from '../../../../../lib/local/mappings/streams/shared-pages.ts';
import type { StreamRecord, StreamSource } from '../../../../../lib/local/mappings/streams/stream-source.ts';
import { record } from './records.ts';

const pageSize = 2;

/** A shard that grows; an iterator is the index of the next record. */
const growingShard = () => {
  const all: StreamRecord[] = [];
  const asked: string[] = [];
  let ended = false;
  const source: StreamSource = {
    arn: 'arn:stream',
    batchInfo: 'DDBStreamBatchInfo',
    bell: new Bell(),
    shards: async () => [],
    open: async (_shard, after) =>
      after === undefined ? '0' : String(all.findIndex(one => one.sequence === after) + 1),
    read: async (_shard, iterator) => {
      asked.push(iterator);
      const start = Number(iterator);
      const records = all.slice(start, start + pageSize);
      const behind = start + records.length;
      return { records, next: ended && behind === all.length ? undefined : String(behind) };
    },
  };
  const grow = (count: number): void => {
    for (let n = 0; n < count; n += 1) all.push(record(all.length + 1));
  };
  const end = (): void => {
    ended = true;
  };
  return { source: sharedPages(source, 2), asked, all, grow, end };
};

/** Reads on until nothing more is there; answers the sequences and where to go on. */
const readOn = async (source: StreamSource, from: string): Promise<{ seen: string[]; next: string | undefined }> => {
  const seen: string[] = [];
  let next: string | undefined = from;
  while (next !== undefined) {
    const page = await source.read('shard', next);
    seen.push(...page.records.map(({ sequence }) => sequence));
    next = page.next;
    if (page.records.length === 0) break;
  }
  return { seen, next };
};

test('two readers see every record in order, and the stream is asked for each page once', async () => {
  const { source, asked, all, grow } = growingShard();
  grow(7);
  const first = await readOn(source, await source.open('shard', undefined));
  const second = await readOn(source, await source.open('shard', undefined));
  const sequences = all.map(({ sequence }) => sequence);
  expect(first.seen).toEqual(sequences);
  expect(second.seen).toEqual(sequences);
  expect(asked.filter(iterator => iterator !== '7')).toEqual(['0', '2', '4', '6']);
});

test('readers that ask at the same time share one answer', async () => {
  const { source, asked, grow } = growingShard();
  grow(2);
  const places = await Promise.all([source.open('shard', undefined), source.open('shard', undefined)]);
  const pages = await Promise.all(places.map(place => source.read('shard', place)));
  expect(pages.map(({ records }) => records.length)).toEqual([2, 2]);
  expect(asked).toEqual(['0']);
});

test('a page that everybody has taken is not kept', async () => {
  const { source, asked, grow } = growingShard();
  grow(2);
  for (let reader = 0; reader < 3; reader += 1) await source.read('shard', await source.open('shard', undefined));
  expect(asked).toEqual(['0', '0']);
});

test('what arrives later is seen by everybody, wherever each of them was', async () => {
  const { source, all, grow } = growingShard();
  grow(1);
  const first = await readOn(source, await source.open('shard', undefined));
  grow(3);
  const onwards = await readOn(source, first.next ?? '');
  const late = await readOn(source, await source.open('shard', undefined));
  const sequences = all.map(({ sequence }) => sequence);
  expect([...first.seen, ...onwards.seen]).toEqual(sequences);
  expect(late.seen).toEqual(sequences);
});

test('a reader begins behind its checkpoint, and the end of the shard is told', async () => {
  const { source, all, grow, end } = growingShard();
  grow(5);
  end();
  const { seen, next } = await readOn(source, await source.open('shard', all[2]?.sequence));
  expect(seen).toEqual(all.slice(3).map(({ sequence }) => sequence));
  expect(next).toBeUndefined();
});

test('a failure is told to those who asked and is not kept', async () => {
  const { source: real, grow, all } = growingShard();
  grow(1);
  let fails = true;
  const failing = async (shard: string, iterator: string) => {
    if (fails) throw new Error('the engine is away');
    return real.read(shard, iterator);
  };
  const source = sharedPages({ ...real, read: failing }, 2);
  await expect(source.read('shard', await source.open('shard', undefined))).rejects.toThrow('the engine is away');
  fails = false;
  const { seen } = await readOn(source, await source.open('shard', undefined));
  expect(seen).toEqual(all.map(({ sequence }) => sequence));
});
