import { existsSync } from 'node:fs';
import { openClient } from '../../core/contract/client.ts';
import { startPlatform } from '../fixtures/running-platform.ts';
import type { Verify } from './run.ts';
import { ShopBrowser } from './sdks/browser-sdks.ts';
import { Gate } from './sdks/gate.ts';
import { jitsuNode, rudderNode, segmentNode } from './sdks/node-sdks.ts';
import type { Sdk } from './sdks/sdk-client.ts';
import { type Outcomes, type Place, visit } from './sdks/visit.ts';

const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

const marks = { holds: 'holds', fails: 'FAILS', absent: 'no such call' } as const;

const printTable = (results: ReadonlyMap<string, Outcomes>): void => {
  const calls = [...new Set([...results.values()].flatMap(outcomes => [...outcomes.keys()]))];
  const width = Math.max(...[...results.keys()].map(name => name.length));
  const wide = Math.max(...Object.values(marks).map(mark => mark.length));
  const row = (name: string, cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map(cell => cell.padEnd(wide))].join(' | ');
  console.log(row('', calls));
  for (const [name, outcomes] of results) {
    console.log(
      row(
        name,
        calls.map(call => marks[outcomes.get(call) ?? 'absent']),
      ),
    );
  }
};

const openBrowser = async (): Promise<ShopBrowser | undefined> => {
  if (existsSync(chromium)) return ShopBrowser.open(chromium);
  const advice = `${chromium} is not there: apt-get install chromium, or say where it is with CHROMIUM`;
  if (process.env.CI) throw new Error(advice);
  console.error(`SKIPPED: the SDKs for browsers. ${advice}`);
  return undefined;
};

/**
 * The real SDKs, unchanged, against the platform as `npm start` runs it: what each of their calls has come to, read back
 * through the API, also when the answer to one was lost and it was sent again.
 */
export const verify: Verify = async () => {
  const browser = await openBrowser();
  const platform = await startPlatform();
  const gate = await Gate.open(platform.url);
  const api = openClient({ baseUrl: platform.url, key: platform.adminKey });
  const results = new Map<string, Outcomes>();
  try {
    const sdks: Sdk[] = [segmentNode, rudderNode, jitsuNode, ...(browser?.sdks ?? [])];
    for (const [index, sdk] of sdks.entries()) {
      const place: Place = { gate, api, writeKey: platform.writeKey, run: `${index}-${platform.processId}` };
      results.set(sdk.name, await visit(sdk, place));
    }
    printTable(results);
    const all = [...results.values()].flatMap(outcomes => [...outcomes.values()]).filter(one => one !== 'absent');
    const failed = all.filter(one => one === 'fails').length;
    const skipped = browser ? '' : ', browsers SKIPPED';
    return {
      line: `sdks: ${results.size} SDKs, ${all.length} effects, ${failed} missing${skipped}`,
      holds: failed === 0,
    };
  } finally {
    gate.close();
    await browser?.close();
    await platform.stop();
  }
};
