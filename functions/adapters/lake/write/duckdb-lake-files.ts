import type { LakeFiles } from '../../../../core/ports/lake-files.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import { compactAliases, mergeAliases } from './alias-files.ts';
import { compactDay, countBefore } from './compact-day.ts';
import { openHotMerge } from './merge-hot.ts';

/** Files of the lake made by DuckDB, each piece of work in a database of its own that ends with it. */
export const duckdbLakeFiles = (lake: ObjectStore): LakeFiles => ({
  merging: objects => openHotMerge(lake, objects),
  compact: input => compactDay(lake, input),
  countBefore: (files, rows) => countBefore(lake, files, rows),
  mergeAliases: (objects, key) => mergeAliases(lake, objects, key),
  compactAliases: (files, key) => compactAliases(lake, files, key),
});
