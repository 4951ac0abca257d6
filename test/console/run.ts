/**
 * `npm run test:console [-- --only <part of a name>] [--no-pictures] [--url <running platform> --key <key>]`: the console in Chromium against the real local
 * platform with demo data. Every journey does the main thing of its tab and reads its effect back through the API; every
 * page is held against axe-core in light and dark, and its picture is kept below `docs/screenshots/`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { allJourneys } from './all-journeys.ts';
import { openChromium } from './chromium.ts';
import { ConsolePage, type Scheme } from './console-page.ts';
import { runningDemo, startDemoPlatform } from './demo-platform.ts';
import { tabs } from './tabs.ts';

const pictures = join(import.meta.dirname, '../../docs/screenshots');
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    'no-pictures': { type: 'boolean', default: false },
    url: { type: 'string' },
    key: { type: 'string', default: '' },
  },
});
const [customers, days] = [300, 90];

/** The browser tells of every answer that is an error, also of those that a journey provokes: a lost update, no such page. */
const provoked = / (404|412) /;

let [passed, failed] = [0, 0];
const tell = (name: string, faults: readonly string[]): void => {
  if (faults.length === 0) passed += 1;
  else failed += 1;
  console.log(`${faults.length === 0 ? 'ok  ' : 'FAIL'} ${name}`);
  for (const fault of faults) console.log(`       ${fault}`);
};
const faultOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));

const browser = await openChromium();
const demo = await (values.url === undefined
  ? startDemoPlatform(customers, days)
  : Promise.resolve(runningDemo(values.url, values.key))
).catch(async (failure: unknown) => {
  await browser.close();
  throw failure;
});
const { api } = demo;
const open = (scheme: Scheme): Promise<ConsolePage> => ConsolePage.open(browser, demo.url, demo.key, scheme);

const lookAt = async (scheme: Scheme, pages: readonly (readonly [string, string])[]): Promise<void> => {
  const at = await open(scheme);
  for (const [name, path] of pages) {
    at.complaints.length = 0;
    await at.go(path);
    if (!values['no-pictures']) await at.page.screenshot({ path: join(pictures, `${name}-${scheme}.png`) });
    tell(`${name}, ${scheme}`, [...(await at.faults()), ...at.complaints]);
  }
  await at.close();
};

try {
  mkdirSync(pictures, { recursive: true });
  const [best] = (await api.searchProfiles({ body: { sort: '-ltv', limit: 1 } })).items;
  const [segment] = (await api.listSegments()).items;
  const [audience] = (await api.listAudiences()).items;
  const pages = [
    ...tabs,
    ['profile', `/profiles/${best?.id}`],
    ['profile-identity', `/profiles/${best?.id}?part=identity`],
    ['segment', `/segments/${segment?.id}`],
    ['segment-rules', `/segments/${segment?.id}?part=rules`],
    ['audience', `/audiences/${audience?.id}`],
    ['duplicates', '/profiles/duplicates'],
  ] as const;
  if (values.only === '') for (const scheme of ['light', 'dark'] as const) await lookAt(scheme, pages);
  for (const { name, take } of allJourneys.filter(journey => journey.name.includes(values.only))) {
    const at = await open('light');
    const outcome = await take(at, api).then(
      () => [] as string[],
      failure => [faultOf(failure)],
    );
    const complaints = at.complaints.filter(complaint => !provoked.test(complaint));
    tell(name, [...outcome, ...complaints]);
    await at.close();
  }
} finally {
  await browser.close();
  await demo.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
