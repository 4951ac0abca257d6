import type { Assignment } from '../../core/engines/imports/import-plan.ts';
import { CliError } from '../cli-error.ts';

const splitOne = (option: string, given: string): [string, string] => {
  const at = given.indexOf('=');
  const name = given.slice(0, Math.max(at, 0)).trim();
  const rest = given.slice(at + 1).trim();
  if (name === '' || rest === '') throw new CliError(`${option} ${given}: write it as <field>=<…>, e.g. email=mail.`);
  return [name, rest];
};

/**
 * Reads `--map field=column[,field=column…]`. A column whose own name holds a comma is taken when it stands alone.
 *
 * @throws CliError where it is not written so
 */
export const splitMappings = (given: readonly string[], columns: readonly string[]): Assignment[] =>
  given.flatMap(mapping => {
    const [name, column] = splitOne('--map', mapping);
    if (columns.includes(column)) return [{ name, column }];
    return mapping.split(',').map(part => {
      const [partName, partColumn] = splitOne('--map', part);
      return { name: partName, column: partColumn };
    });
  });

/** Reads `--set field=value`: the value is all that follows. @throws CliError where it is not written so */
export const splitSettings = (given: readonly string[]): Assignment[] =>
  given.map(setting => {
    const [name, text] = splitOne('--set', setting);
    return { name, text };
  });
