import { basename } from 'node:path';
import type { RouteTable } from '../../core/contract/index.ts';
import type { RouteRequest } from '../../core/contract/route.ts';
import { splitMappings, splitSettings } from './assignments.ts';
import type { ImportOptions } from './import-options.ts';
import { formatOf } from './read-rows.ts';

type ImportBody = RouteRequest<RouteTable['createImport']>['body'];
type Mapping = NonNullable<ImportBody['mapping']>;

/** What the command line says of a file that is uploaded, as `POST /imports` takes it. */
export const uploadSpec = (file: string, options: ImportOptions, columns: readonly string[]): ImportBody => {
  const mapping = mappingOf(options, columns);
  return {
    kind: options.as,
    format: formatOf(file),
    fileName: basename(file),
    dryRun: options.dryRun === true,
    ...(options.source === undefined ? {} : { source: options.source }),
    ...(Object.keys(mapping).length > 0 ? { mapping } : {}),
  };
};

const mappingOf = ({ map = [], set = [], number: numbers = [], type }: ImportOptions, columns: readonly string[]) => {
  const mapping: Mapping = type === undefined ? {} : { type: { value: type } };
  for (const given of splitSettings(set)) if ('text' in given) mapping[given.name] = { value: given.text };
  for (const given of splitMappings(map, columns)) {
    if (!('column' in given)) continue;
    const { name, column } = given;
    mapping[name] = numbers.includes(name) ? { column, as: 'number' } : column;
  }
  return mapping;
};
