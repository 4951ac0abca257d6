import type { ImportSpec } from '../../model/import-spec.ts';
import { ImportFault } from './import-fault.ts';
import { type Assignment, importPlan, type Plan } from './import-plan.ts';
import { mapRow } from './map-row.ts';
import type { MappedRow, Row, RowError } from './row.ts';
import { plainRow } from './whole-row.ts';

const hints = {
  type: 'Say what happened: map “type” to a column, or give every row the same value.',
  consent: 'Say which consent: map “consent.email” to a column, or give every row the same value.',
  person: 'Say who it is: map at least one identifier, e.g. “customerId”.',
};

const sourceOf = ({ kind, source }: ImportSpec): Assignment[] =>
  source === undefined || kind === 'profiles' || kind === 'suppressions' ? [] : [{ name: 'source', text: source }];

/** What becomes of a row, as an import was asked for. @throws ImportFault */
export const planOf = (spec: ImportSpec, columns: readonly string[]): Plan => {
  const mapping = Object.entries(spec.mapping ?? {});
  const mapped: Assignment[] = [];
  const fixed = sourceOf(spec);
  const numbers: string[] = [];
  for (const [name, from] of mapping) {
    if (typeof from === 'string') mapped.push({ name, column: from });
    else if ('value' in from) fixed.push({ name, text: from.value });
    else mapped.push({ name, column: from.column });
    if (typeof from === 'object' && 'as' in from) numbers.push(name);
  }
  const choices = { fixed, numbers, source: spec.source, hints, mapped: mapped.length > 0 ? mapped : undefined };
  return importPlan(spec.kind, choices, columns);
};

/** Whether lines are taken as they are. */
export const isPlain = ({ format, mapping }: ImportSpec): boolean => format === 'jsonl' && mapping === undefined;

/** What can be said against an import before its file is there. @throws ImportFault */
export const checkSpec = (spec: ImportSpec): void => {
  if (isPlain(spec)) return;
  const columnsMapped = Object.values(spec.mapping ?? {}).some(from => typeof from === 'string' || 'column' in from);
  if (columnsMapped) planOf(spec, []);
  else if (spec.format === 'jsonl') throw new ImportFault('Name the columns: lines of JSON have no header.');
};

/** Turns rows into what they stand for. */
export const rowMapper = (spec: ImportSpec, plan: Plan | undefined): ((row: Row) => MappedRow | RowError) =>
  plan ? row => mapRow(row, plan) : row => plainRow(row, spec.kind);
