import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { matchRecord } from '../../../core/engines/identity/match-record.ts';
import type { AttributeKind } from '../../../core/engines/identity/normal-forms.ts';
import { type Identifier, type IdentifierType, identifierTypes } from '../../../core/model/identifier.ts';
import type { People } from './people.ts';

const known: Readonly<Record<string, AttributeKind>> = {
  firstName: 'givenName',
  lastName: 'familyName',
  birthDate: 'birthDate',
  city: 'city',
  postalCode: 'postalCode',
  email: 'email',
  phone: 'phone',
};

/** Names that are compared by equality alone; addresses and numbers are compared by likeness, as attributes. */
const isIdentifier = (name: string): name is IdentifierType =>
  (identifierTypes as readonly string[]).includes(name) && known[name] === undefined;

/** Reads `attribute=column,…`; without it every column that bears a known name is that attribute. */
const columnsOf = (map: string | undefined, header: readonly string[]): [name: string, column: string][] => {
  const asked =
    map?.split(',').map(entry => entry.split('=')) ?? header.filter(name => name in known).map(name => [name]);
  return asked.map(([name = '', column = name]) => {
    if (!header.includes(column)) throw new Error(`The file has no column ${column}; it has ${header.join(', ')}.`);
    return [name, column];
  });
};

/** Records of a CSV file with a header; `truth` is the column that says whose each is. */
export const readPeople = (path: string, truth: string, map?: string): People => {
  const { data, meta } = Papa.parse<Record<string, string>>(readFileSync(path, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const columns = columnsOf(map, meta.fields ?? []);
  if (!meta.fields?.includes(truth)) throw new Error(`The file has no column ${truth} to judge by.`);
  if (columns.some(([, column]) => column === truth)) throw new Error('The truth is not to be compared.');
  const kinds = Object.fromEntries(
    columns.flatMap(([name]) => (isIdentifier(name) ? [] : [[name, known[name] ?? ('text' as const)]])),
  );
  const records = data.map(row => {
    const given = columns.map(([name, column]) => [name, row[column]] as const);
    const identifiers = given.flatMap(([type, value]): Identifier[] =>
      isIdentifier(type) && value ? [{ type, value }] : [],
    );
    return matchRecord(Object.fromEntries(given), kinds, identifiers);
  });
  return { kinds, records, truth: data.map(row => row[truth] ?? '') };
};
