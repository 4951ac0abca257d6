import { expect, test } from 'vitest';
import { baseDue } from '../../../../core/engines/snapshot/base-due.ts';
import type { Promoted } from '../../../../core/model/profile-snapshot.ts';
import { emptySnapshot, type SnapshotManifest } from '../../../../core/model/snapshot-manifest.ts';

const minute = 60_000;
const now = 1_000 * minute;
const none = { fields: [], tags: [] };
const promoted = { fields: ['plan'], tags: ['vip'] };
const base = (rows = 100_000) => ({ key: 'k', rows, sizeBytes: 1 });
const manifest = (parts: Partial<SnapshotManifest> = {}): SnapshotManifest => ({
  ...emptySnapshot,
  base: base(),
  baseAt: now - 5 * minute,
  promoted,
  ...parts,
});
const old = manifest({ baseAt: now - 30 * minute });

test.each<[string, SnapshotManifest, { rows: number; gone: number }, Promoted, boolean]>([
  ['where nothing was ever told, there is nothing to write', emptySnapshot, { rows: 0, gone: 0 }, none, false],
  ['the first changes make a base', emptySnapshot, { rows: 1, gone: 0 }, none, true],
  ['a base without changes stays', manifest(), { rows: 0, gone: 0 }, none, false],
  ['a small delta stays beside the base', manifest(), { rows: 2_000, gone: 0 }, none, false],
  ['more than two percent go into a new base', manifest(), { rows: 2_001, gone: 0 }, none, true],
  ['of a few profiles more may change', manifest({ base: base(10) }), { rows: 1_000, gone: 0 }, none, false],
  ['who has just gone waits', manifest(), { rows: 5, gone: 1 }, none, false],
  ['who is gone is in no base for an hour', old, { rows: 5, gone: 1 }, none, true],
  ['who came and went since is in no base at all', old, { rows: 5, gone: 0 }, none, false],
  [
    'a field that a segment newly names is worth a base',
    old,
    { rows: 0, gone: 0 },
    { fields: ['size'], tags: [] },
    true,
  ],
  ['so is a tag', old, { rows: 0, gone: 0 }, { fields: [], tags: ['new'] }, true],
  ['but not one base after the other', manifest(), { rows: 0, gone: 0 }, { fields: ['size'], tags: ['new'] }, false],
  ['what has columns is not', old, { rows: 0, gone: 0 }, promoted, false],
])('%s', (_name, standing, changed, named, due) => {
  expect(baseDue(standing, changed, named, now)).toBe(due);
});
