import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { tableBatchStore } from '../../functions/adapters/stores/table-batch-store.ts';
import { tableKinds } from './table-kinds.ts';

const counts = (processed: number, duplicates = 0, quarantined = 0, refused = 0) => ({
  processed,
  duplicates,
  quarantined,
  refused,
});

describe.each(tableKinds)('batches $name', ({ open }) => {
  const opened = async () => ({ batches: tableBatchStore(await open(), Date.now), batchId: `batch-${randomUUID()}` });

  test('of a batch that nobody told of nothing is known', async () => {
    const { batches, batchId } = await opened();
    expect(await batches.of(batchId)).toEqual(counts(0));
  });

  test('parts add up, whoever told of them', async () => {
    const { batches, batchId } = await opened();
    await batches.report([
      { batchId, part: 0, counts: counts(1, 2, 3, 4) },
      { batchId, part: 2, counts: counts(5) },
    ]);
    await batches.report([{ batchId, part: 1, counts: counts(10) }]);
    expect(await batches.of(batchId)).toEqual(counts(16, 2, 3, 4));
  });

  test('a part that is told of again, alone or with others, counts once', async () => {
    const { batches, batchId } = await opened();
    const parts = [0, 1, 2].map(part => ({ batchId, part, counts: counts(1) }));
    await batches.report(parts);
    await batches.report(parts);
    await batches.report(parts.slice(1));
    await batches.report(parts.slice(2));
    expect(await batches.of(batchId)).toEqual(counts(3));
  });

  test('an event that was redriven counts as what it came to, once, and never before its part was told of', async () => {
    const { batches, batchId } = await opened();
    const corrections = [
      { batchId, eventId: 'event-1', to: 'processed' as const },
      { batchId, eventId: 'event-2', to: 'refused' as const },
    ];
    for (let time = 0; time < 2; time += 1) await batches.correct(corrections);
    expect(await batches.of(batchId)).toEqual(counts(0));
    await batches.report([{ batchId, part: 0, counts: counts(5, 0, 3) }]);
    expect(await batches.of(batchId)).toEqual(counts(6, 0, 1, 1));
  });

  test('batches are kept apart, and one of a thousand parts is told of at once', async () => {
    const { batches, batchId } = await opened();
    const other = `batch-${randomUUID()}`;
    const parts = Array.from({ length: 1000 }, (_, part) => ({ batchId, part, counts: counts(1) }));
    await batches.report([...parts, { batchId: other, part: 0, counts: counts(7) }]);
    expect(await batches.of(batchId)).toEqual(counts(1000));
    expect(await batches.of(other)).toEqual(counts(7));
  });
});
