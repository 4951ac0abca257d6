import { existsSync, statSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ImportKind, importKinds } from '../../core/model/import-spec.ts';
import { CliError } from '../cli-error.ts';

/** What can be sent row by row. */
export const sentKinds = ['profiles', 'events', 'consents'] as const;
export type SentKind = (typeof sentKinds)[number];

/** The command line of `cdp import`, read. */
export interface ImportOptions {
  as: ImportKind;
  /** The platform reads the file by itself. */
  upload?: true;
  map?: string[];
  set?: string[];
  number?: string[];
  type?: string;
  source?: string;
  dryRun?: true;
  fresh?: true;
  allowErrors?: true;
  errors?: string;
  batch: number;
  concurrency?: number;
  retries: number;
  /** Seconds; `false`: not at all. */
  wait: number | false;
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

const collect = (value: string, earlier: string[] = []): string[] => [...earlier, value];
const collectNames = (value: string, earlier: string[] = []): string[] => [
  ...earlier,
  ...value.split(',').map(name => name.trim()),
];

/** What is sent row by row. @throws CliError for what is only uploaded */
export const sentKindOf = ({ as }: ImportOptions): SentKind => {
  const kind = sentKinds.find(one => one === as);
  if (!kind) throw new CliError(`${as} are imported by the platform itself: add --upload.`);
  return kind;
};

/** Declares the options on a command. */
export const addImportOptions = (command: Command): Command =>
  command
    .argument('<file>', 'CSV with a header line (.csv, .tsv) or one JSON object per line (.jsonl, .ndjson)')
    .addOption(new Option('--as <kind>', 'what a row is').choices(importKinds).makeOptionMandatory())
    .option(
      '--map <field=column,…>',
      'which column a field is read from; repeatable; default: columns by name',
      collect,
    )
    .option('--set <field=value>', 'the same value for every row; repeatable', collect)
    .option('--number <field,…>', 'fields that are sent as numbers instead of text', collectNames)
    .option('--type <type>', 'what happened, for events, e.g. purchase')
    .option('--source <name>', 'where the rows come from; default for profiles and consents: import')
    .option('--upload', 'upload the file, and let the platform import it by itself; which suppressions need')
    .option('--dry-run', 'judge every row, change nothing')
    .option('--errors <file>', 'where rows that are not taken go; default: <file>.errors.<csv|jsonl> here')
    .option('--allow-errors', 'exit with 0 although rows were not taken')
    .option('--fresh', 'send every row, also those that an interrupted run has sent')
    .option('--batch <rows>', 'rows per request', wholeNumber(1, 1000), 500)
    .option('--concurrency <n>', 'requests at a time; default: 4, for profiles 16', wholeNumber(1, 64))
    .option('--retries <n>', 'how often a request without success is repeated', wholeNumber(0, 100), 8)
    .option(
      '--wait <seconds>',
      'how long to wait at the end for the platform to work it off',
      wholeNumber(1, 86_400),
      600,
    )
    .option('--no-wait', 'do not wait for the platform to work it off');

/** Where the errors go. @throws CliError where that is the input itself */
export const errorFileOf = (file: string, format: string, given: string | undefined): string => {
  const path = resolve(given ?? `${basename(file, extname(file))}.errors.${format}`);
  if (path === resolve(file)) throw new CliError('The error file would replace the input; name another with --errors.');
  return path;
};

/** @throws CliError where there is no such file */
export const checkFile = (file: string): void => {
  if (!existsSync(file)) throw new CliError(`There is no file ${file}.`);
  if (!statSync(file).isFile()) throw new CliError(`${file} is not a file.`);
};
