import { type Assignment, checkColumns, importPlan, type Plan } from '../../core/engines/imports/import-plan.ts';
import type { ImportKind } from '../../core/model/import-spec.ts';
import { CliError } from '../cli-error.ts';
import { splitMappings, splitSettings } from './assignments.ts';

/** The command line, as far as it says what becomes of a row. */
export interface PlanOptions {
  as: ImportKind;
  map?: readonly string[] | undefined;
  set?: readonly string[] | undefined;
  /** Targets that are sent as JSON numbers. */
  number?: readonly string[] | undefined;
  type?: string | undefined;
  source?: string | undefined;
}

const hints = {
  type: 'Say what happened: --type purchase, or --map type=<column> where rows differ.',
  consent: 'Say which consent: --map consent.email=<column>, or --set consent.email=true for every row.',
  person: 'Say who it is: map at least one identifier, e.g. --map customerId=<column>.',
};

const constants = ({ as, set = [], type, source }: PlanOptions): Assignment[] => {
  if (type !== undefined && as !== 'events') throw new CliError(`--type belongs to --as events, not to ${as}.`);
  return [
    ...splitSettings(set),
    ...(type === undefined ? [] : [{ name: 'type', text: type }]),
    ...(source === undefined || as === 'profiles' ? [] : [{ name: 'source', text: source }]),
  ];
};

/**
 * Decides what becomes of a row, and refuses what cannot be meant before anything is sent.
 *
 * @throws CliError and ImportFault for unknown or repeated fields, for columns that the file has not, and where nobody
 * or nothing is named
 */
export const readPlan = (options: PlanOptions, columns: readonly string[]): Plan => {
  const { as: kind, map = [], number: numbers = [], source } = options;
  const mapped = map.length > 0 ? splitMappings(map, columns) : undefined;
  const plan = importPlan(kind, { mapped, fixed: constants(options), numbers, source, hints }, columns);
  checkColumns(plan, columns);
  return plan;
};
