import { parseArgs } from 'node:util';
import { type Driven, drive } from './cost/drive.ts';
import { prices } from './cost/prices.ts';
import type { Bench } from './run.ts';

const windows = [1, 5, 10] as const;
/** Dollars per million events. */
const dollarsMax: Partial<Record<number, number>> = { 5: 0.75, 10: 0.5 };

const dollars = (amount: number): string => `$${amount.toFixed(3)}`;

const totalOf = ({ ledger, events }: Driven): number =>
  ledger.lines(events).reduce((sum, [, amount]) => sum + amount, 0);

const show = (found: ReadonlyMap<number, Driven>): void => {
  const all = [...found];
  const row = (name: string, cells: readonly string[]) =>
    console.log([name.padEnd(34), ...cells.map(cell => cell.padStart(10))].join(''));
  row(
    'dollars per million events',
    all.map(([seconds]) => `${seconds} s`),
  );
  const names = all[0]?.[1].ledger.lines(1).map(([name]) => name) ?? [];
  names.forEach((name, place) => {
    row(
      name,
      all.map(([, { ledger, events }]) => dollars(ledger.lines(events)[place]?.[1] ?? 0)),
    );
  });
  row(
    'all lines',
    all.map(([, driven]) => dollars(totalOf(driven))),
  );
  row(
    'fresh within, seconds',
    all.map(([, { freshSecondsMax }]) => freshSecondsMax.toFixed(1)),
  );
  row(
    'requests to the table per event',
    all.map(([, { ledger, events }]) => {
      const requests = [...ledger.requests.values()].reduce((sum, times) => sum + times, 0);
      return (requests / events).toFixed(3);
    }),
  );
  for (const kind of new Set(all.flatMap(([, { ledger }]) => [...ledger.writesByKind.keys()]))) {
    row(
      `write units per event, ${kind}`,
      all.map(([, { ledger, events }]) => ((ledger.writesByKind.get(kind) ?? 0) / events).toFixed(3)),
    );
  }
  console.log(
    `a request of one event costs ${dollars((prices.httpApiRequest + prices.cloudFrontRequest) * 1e6)} more per million events; prices from memory: ${prices.fromMemory.join(', ')}`,
  );
};

/** What a million events of the stated mix cost, by the requests and units that the real handlers use. */
export const bench: Bench = async flags => {
  const { values } = parseArgs({ args: flags, options: { events: { type: 'string', default: '100000' } } });
  const found = new Map<number, Driven>();
  for (const seconds of windows) found.set(seconds, await drive(Number(values.events), seconds));
  show(found);
  const whole = [...found.values()].every(({ events, stored }) => events === stored);
  const within = [...found].every(
    ([seconds, driven]) => totalOf(driven) <= (dollarsMax[seconds] ?? Number.POSITIVE_INFINITY),
  );
  const figures = [...found].map(([seconds, driven]) => `${dollars(totalOf(driven))} at ${seconds} s`);
  return {
    line: `cost: per million events ${figures.join(', ')}${whole ? '' : ', but not every event was counted'}`,
    holds: whole && within,
  };
};
