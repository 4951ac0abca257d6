import { afterEach, describe, expect, test } from 'vitest';
import { rewriteSnapshot } from '../../../../../core/flows/rewrite-snapshot.ts';
import { snapshotFilesPrefix } from '../../../../../core/model/snapshot-manifest.ts';
import type { SnapshotPart } from '../../../../../core/model/snapshot-part.ts';
import { DocumentChanged } from '../../../../../core/ports/collection.ts';
import { Crashed, crashingProcess } from '../../../../fixtures/crashing.ts';
import { seededRandom } from '../../../../fixtures/seeded-random.ts';
import { type SnapshotLake, snapshotLake } from '../../../../fixtures/snapshot-lake.ts';
import { expectedRows, shownRows, someHead, somePerson } from './told-parts.ts';

const opened: SnapshotLake[] = [];
const open = async (): Promise<SnapshotLake> => {
  const one = await snapshotLake();
  opened.push(one);
  return one;
};
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

let batches = 0;
const tell = (lake: SnapshotLake, ...parts: SnapshotPart[]): Promise<void> => {
  batches += 1;
  return lake.parts.add({ shard: 'shard-1', first: String(batches), last: String(batches) }, parts);
};

const filesOf = async (lake: SnapshotLake): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of lake.lake.list(snapshotFilesPrefix)) keys.push(key);
  return keys;
};

describe('what is told', () => {
  test('is shown at once, and the same from the files', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 1), somePerson('a', 1), someHead('b', 3), somePerson('b', 2));
    const rows = [
      { id: 'a', events: 1, email: 'a-1@example.com' },
      { id: 'b', events: 3, email: 'b-2@example.com' },
    ];
    expect(await shownRows(lake.engine)).toEqual(rows);
    const manifest = await rewriteSnapshot(lake.rewriting());
    expect(manifest.base?.rows).toBe(2);
    expect(await lake.parts.names()).toEqual([]);
    expect(await shownRows(lake.engine)).toEqual(rows);
  });

  test('of a head alone takes what is known of the person, and the other way round', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 1), somePerson('a', 1));
    await rewriteSnapshot(lake.rewriting());
    await tell(lake, someHead('a', 2));
    expect(await shownRows(lake.engine)).toEqual([{ id: 'a', events: 2, email: 'a-1@example.com' }]);
    await rewriteSnapshot(lake.rewriting());
    await tell(lake, somePerson('a', 2));
    expect(await shownRows(lake.engine)).toEqual([{ id: 'a', events: 2, email: 'a-2@example.com' }]);
  });

  test('is not shown before head and person are known', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 1));
    expect(await shownRows(lake.engine)).toEqual([]);
    await rewriteSnapshot(lake.rewriting());
    await tell(lake, somePerson('a', 1));
    expect(await shownRows(lake.engine)).toHaveLength(1);
  });

  test('of older versions changes nothing, however late it comes', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 5), somePerson('a', 5));
    await rewriteSnapshot(lake.rewriting());
    await tell(lake, someHead('a', 4), somePerson('a', 4));
    expect(await shownRows(lake.engine)).toEqual([{ id: 'a', events: 5, email: 'a-5@example.com' }]);
  });
});

describe('who is gone', () => {
  test.each(['erased', 'merged'] as const)('is hidden as soon as it is told (%s)', async life => {
    const lake = await open();
    await tell(lake, someHead('a', 1), somePerson('a', 1), someHead('b', 1), somePerson('b', 1));
    await rewriteSnapshot(lake.rewriting());
    await tell(lake, someHead('a', 2, life));
    expect((await shownRows(lake.engine)).map(({ id }) => id)).toEqual(['b']);
  });

  test('stays away when older versions are told late, also after the base was written without them', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 1), somePerson('a', 1), someHead('b', 1), somePerson('b', 1));
    await rewriteSnapshot(lake.rewriting());
    await tell(lake, someHead('a', 2, 'erased'));
    await rewriteSnapshot(lake.rewriting());
    lake.clock.at += 31 * 60_000;
    const { base, delta } = await rewriteSnapshot(lake.rewriting());
    expect([base?.rows, delta?.rows]).toEqual([1, 1]);
    await tell(lake, someHead('a', 1), somePerson('a', 1));
    await rewriteSnapshot(lake.rewriting());
    expect((await shownRows(lake.engine)).map(({ id }) => id)).toEqual(['b']);
  });

  test('is in no file an hour later', async () => {
    const lake = await open();
    await tell(lake, someHead('gone', 1), somePerson('gone', 1), someHead('b', 1), somePerson('b', 1));
    await rewriteSnapshot(lake.rewriting());
    await tell(lake, someHead('gone', 2, 'erased'));
    for (let minutes = 0; minutes < 60; minutes += 5) {
      await rewriteSnapshot(lake.rewriting());
      lake.clock.at += 5 * 60_000;
    }
    await rewriteSnapshot(lake.rewriting());
    const bytes = await Promise.all((await filesOf(lake)).map(key => lake.lake.get(key)));
    expect(bytes.length).toBeGreaterThan(0);
    for (const object of bytes) expect(Buffer.from(object?.body ?? []).includes('gone-1@example.com')).toBe(false);
  });
});

describe('the job', () => {
  test('has nothing to do where nothing was told', async () => {
    const lake = await open();
    expect((await rewriteSnapshot(lake.rewriting())).version).toBe(0);
    await tell(lake, someHead('a', 1), somePerson('a', 1));
    const first = await rewriteSnapshot(lake.rewriting());
    expect(await rewriteSnapshot(lake.rewriting())).toEqual(first);
  });

  test('removes files when those who may read them have ended, and not before', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 1), somePerson('a', 1));
    await rewriteSnapshot(lake.rewriting());
    for (const version of [2, 3]) {
      await tell(lake, someHead('a', version));
      await rewriteSnapshot(lake.rewriting());
    }
    expect(await filesOf(lake)).toHaveLength(3);
    lake.clock.at += 21 * 60_000;
    await rewriteSnapshot(lake.rewriting());
    const { base, delta } = (await lake.snapshots.get('profiles')) ?? {};
    expect(await filesOf(lake)).toEqual([base?.key, delta?.key].sort());
  });

  test('sets aside what cannot be read, and goes on without it', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 1), somePerson('a', 1));
    await lake.lake.put('profiles/parts/shard-1/broken.ndjson.gz', Buffer.from('no gzip'));
    expect(await shownRows(lake.engine)).toHaveLength(1);
    const { unreadable } = await rewriteSnapshot(lake.rewriting());
    expect(unreadable).toEqual(['profiles/parts/shard-1/broken.ndjson.gz']);
    expect(await lake.parts.names()).toEqual([]);
    expect(await lake.lake.facts('aside/profiles/parts/shard-1/broken.ndjson.gz')).toBeDefined();
    expect(await shownRows(lake.engine)).toHaveLength(1);
  });

  test('run twice at once keeps everything exactly once', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 1), somePerson('a', 1));
    await Promise.all([rewriteSnapshot(lake.rewriting()), rewriteSnapshot(lake.rewriting())]);
    await tell(lake, someHead('b', 1), somePerson('b', 1));
    await Promise.all([rewriteSnapshot(lake.rewriting()), rewriteSnapshot(lake.rewriting())]);
    expect((await shownRows(lake.engine)).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

/** Parts of a few profiles whose versions rise, told in batches of which some come again. */
const history = (seed: number): SnapshotPart[][] => {
  const random = seededRandom(seed);
  const versions = new Map<string, { head: number; person: number }>();
  const erased = new Set<string>();
  const told: SnapshotPart[][] = [];
  for (let batch = 0; batch < 8; batch += 1) {
    const parts = Array.from({ length: 1 + random.below(5) }, (): SnapshotPart => {
      const id = `profile-${random.below(6)}`;
      const known = versions.get(id) ?? { head: 0, person: 0 };
      const isHead = random.chance(0.6) && !erased.has(id);
      versions.set(id, isHead ? { ...known, head: known.head + 1 } : { ...known, person: known.person + 1 });
      if (!isHead) return somePerson(id, known.person + 1);
      if (random.chance(0.1)) erased.add(id);
      return someHead(id, known.head + 1, erased.has(id) ? 'erased' : 'live');
    });
    told.push(parts);
    if (random.chance(0.3)) told.push(random.pick(told));
  }
  return told;
};

describe('crashes', () => {
  test.each([1, 2, 3, 4, 5, 6])(
    'at any step leave everybody exactly once, at the newest that was told (seed %i)',
    async seed => {
      const random = seededRandom(seed * 7919);
      const lake = await open();
      const told: SnapshotPart[] = [];
      let crashes = 0;
      for (const parts of history(seed)) {
        await tell(lake, ...parts);
        told.push(...parts);
        const process = crashingProcess(random.below(30));
        const tools = lake.rewriting({ lake: process.store(lake.lake), snapshots: process.collection(lake.snapshots) });
        await rewriteSnapshot(tools).catch(fault => {
          expect(fault).toBeInstanceOf(Crashed);
          crashes += 1;
        });
        if (random.chance(0.2)) lake.clock.at += random.below(40) * 60_000;
        expect(await shownRows(lake.engine)).toEqual(expectedRows(told));
      }
      expect(crashes).toBeGreaterThan(0);
      await rewriteSnapshot(lake.rewriting());
      expect(await lake.parts.names()).toEqual([]);
      expect(await shownRows(lake.engine)).toEqual(expectedRows(told));
    },
  );

  test('would lose changes if a manifest were replaced without its condition', async () => {
    const lake = await open();
    await tell(lake, someHead('a', 1), somePerson('a', 1));
    await rewriteSnapshot(lake.rewriting());
    await tell(lake, someHead('a', 2));
    const slow = lake.rewriting({ snapshots: { ...lake.snapshots, replace: async slower => forced(lake, slower) } });
    const files = slow.snapshotFiles;
    slow.snapshotFiles = {
      ...files,
      open: (source, work) =>
        files.open(source, async tables => {
          await tell(lake, someHead('b', 1), somePerson('b', 1));
          await rewriteSnapshot(lake.rewriting());
          return work(tables);
        }),
    };
    await rewriteSnapshot(slow);
    expect((await shownRows(lake.engine)).map(({ id }) => id)).toEqual(['a']);
  });
});

/** Puts a document in place of whatever stands. */
const forced = async (
  lake: SnapshotLake,
  document: Parameters<SnapshotLake['snapshots']['replace']>[0],
): Promise<void> => {
  const standing = await lake.snapshots.get(document.id);
  if (!standing) throw new DocumentChanged('there is nothing to replace');
  await lake.snapshots.replace({ ...document, version: standing.version + 1 });
};
