import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Checkpoints } from '../../../../../lib/local/mappings/streams/checkpoints.ts';

const stateDirectory = (): string => mkdtempSync(join(tmpdir(), 'cdp-checkpoints-'));

test('a position is there at the next start, one file per shard', () => {
  const directory = stateDirectory();
  const first = new Checkpoints(directory, 'mapping');
  expect(first.fresh).toBe(true);
  first.keep('shard-1', { lanes: [{ after: '7', window: { start: 900, state: { count: 2 } } }] });
  first.keep('shard-2', { lanes: [], finished: true });
  const second = new Checkpoints(directory, 'mapping');
  expect(second.fresh).toBe(false);
  expect(second.of('shard-1')).toEqual({ lanes: [{ after: '7', window: { start: 900, state: { count: 2 } } }] });
  expect([...second.finished]).toEqual(['shard-2']);
  expect(readdirSync(join(directory, 'checkpoints/mapping')).sort()).toEqual(['shard-1.json', 'shard-2.json']);
});

test('mappings keep apart', () => {
  const directory = stateDirectory();
  new Checkpoints(directory, 'one').keep('shard', { lanes: [{ after: '7' }] });
  expect(new Checkpoints(directory, 'other').of('shard')).toEqual({ lanes: [] });
});

test('a damaged file is told at start', () => {
  const directory = stateDirectory();
  new Checkpoints(directory, 'mapping').keep('shard', { lanes: [] });
  writeFileSync(join(directory, 'checkpoints/mapping/shard.json'), '{"lanes":[');
  expect(() => new Checkpoints(directory, 'mapping')).toThrow(/shard\.json is damaged/);
});
