import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inOrderOfKeys } from '../../../core/model/in-order-of-keys.ts';

test('values that share a key run one after the other, in order; all run, never more than lanes at a time', () => {
  const value = fc.record({ keys: fc.subarray(['a', 'b', 'c', 'd']), turns: fc.integer({ min: 0, max: 3 }) });
  return fc.assert(
    fc.asyncProperty(fc.array(value, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), async (values, lanes) => {
      const running = new Map<string, number>();
      const last = new Map<string, number>();
      let atOnce = 0;
      const indexed = values.map((one, index) => ({ ...one, index }));
      const run = async ({ keys, turns, index }: (typeof indexed)[number]): Promise<number> => {
        atOnce += 1;
        expect(atOnce).toBeLessThanOrEqual(lanes);
        for (const key of keys) {
          expect(running.has(key)).toBe(false);
          expect(last.get(key) ?? -1).toBeLessThan(index);
          running.set(key, index);
          last.set(key, index);
        }
        for (let count = 0; count < turns; count += 1) await turn();
        for (const key of keys) running.delete(key);
        atOnce -= 1;
        return index;
      };
      expect(await inOrderOfKeys(indexed, { lanes, keysOf: ({ keys }) => keys, run })).toEqual(
        indexed.map(({ index }) => index),
      );
    }),
  );
});

test('the first failure is thrown, and nothing is begun after it', async () => {
  const begun: number[] = [];
  const run = async (value: number): Promise<void> => {
    begun.push(value);
    await turn();
    if (value === 2) throw new Error('broken');
  };
  const all = inOrderOfKeys([1, 2, 3, 4, 5], { lanes: 1, keysOf: () => ['same'], run });
  await expect(all).rejects.toThrow('broken');
  expect(begun).toEqual([1, 2]);
});
