import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
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

/** @throws Error that says how to get Chromium where it is missing */
const openBrowser = (): Promise<ShopBrowser> => {
  if (existsSync(chromium)) return ShopBrowser.open(chromium);
  throw new Error(
    `The SDKs for browsers run in Chromium, and ${chromium} is not there. Install it (apt-get install chromium), say ` +
      'where it is (CHROMIUM=/path/to/chromium), or verify the SDKs for servers only (--servers).',
  );
};

/** A door that forgets messages is noticed by what an SDK sends again, and by nothing else. */
const forgetfulDoorIsNoticed = async (target: string, place: Omit<Place, 'gate'>): Promise<boolean> => {
  const gate = await Gate.open(target, { forgetful: true });
  try {
    const outcomes = await visit(segmentNode, { ...place, gate });
    const failed = [...outcomes].flatMap(([call, outcome]) => (outcome === 'fails' ? [call] : []));
    console.log(`control, a door that forgets message ids: fails ${failed.join(', ') || 'nothing'}`);
    return failed.join() === '500 and retry';
  } finally {
    gate.close();
  }
};

/**
 * The real SDKs, unchanged, against the platform as `npm start` runs it: what each of their calls has come to, read back
 * through the API, also when the answer to one was lost and it was sent again. `--servers` leaves out those of browsers.
 */
export const verify: Verify = async flags => {
  const { values } = parseArgs({ args: flags, options: { servers: { type: 'boolean', default: false } } });
  const browser = values.servers ? undefined : await openBrowser();
  const platform = await startPlatform();
  const gate = await Gate.open(platform.url);
  const api = openClient({ baseUrl: platform.url, key: platform.adminKey });
  const results = new Map<string, Outcomes>();
  const place = { api, writeKey: platform.writeKey };
  try {
    const sdks: Sdk[] = [segmentNode, rudderNode, jitsuNode, ...(browser?.sdks ?? [])];
    for (const [index, sdk] of sdks.entries()) {
      results.set(sdk.name, await visit(sdk, { ...place, gate, run: `${index}-${platform.processId}` }));
    }
    printTable(results);
    const noticed = await forgetfulDoorIsNoticed(platform.url, { ...place, run: `control-${platform.processId}` });
    const all = [...results.values()].flatMap(outcomes => [...outcomes.values()]).filter(one => one !== 'absent');
    const failed = all.filter(one => one === 'fails').length;
    const [skipped, control] = [
      browser ? '' : ', browsers left out',
      noticed ? 'failed as it must' : 'WAS NOT NOTICED',
    ];
    return {
      line: `sdks: ${results.size} SDKs, ${all.length} effects, ${failed} missing${skipped}; control ${control}`,
      holds: failed === 0 && noticed,
    };
  } finally {
    gate.close();
    await browser?.close();
    await platform.stop();
  }
};
