import { type Command, InvalidArgumentError } from 'commander';
import type { DemoSettings } from './demo-settings.ts';

/** The command line of `cdp demo`, read. What is not given is as it was in the demo that is there already, if any. */
export interface DemoOptions extends Partial<DemoSettings> {
  webhook?: string;
  listen?: true;
}

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

const pastDay = (text: string): string => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  if (isDay && at <= Date.now() && text >= '2000') return text;
  throw new InvalidArgumentError('It must be a day, such as 2026-11-26, from 2000 to today.');
};

const webAddress = (text: string): string => {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('It must be an http or https address.');
};

/** Declares the options on a command. */
export const addDemoOptions = (command: Command): Command =>
  command
    .option('--seed <n>', 'which people and journeys (default: 1)', wholeNumber(0, 1_000_000))
    .option('--customers <n>', 'how many customers (default: 500)', wholeNumber(20, 20_000))
    .option('--days <n>', 'over how many days (default: 90)', wholeNumber(14, 365))
    .option('--until <day>', 'the day before which everything has happened (default: today, UTC)', pastDay)
    .option('--webhook <url>', 'where the audience is sent; default: to a receiver that this command opens', webAddress)
    .option('--listen', 'keep the receiver open and print what it is sent, until Ctrl-C');

export const defaultSettings = (now: Date): DemoSettings => ({
  seed: 1,
  customers: 500,
  days: 90,
  until: now.toISOString().slice(0, 10),
});
