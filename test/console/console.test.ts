import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, noChromium, openChromium } from './chromium.ts';
import { ConsolePage } from './console-page.ts';
import { type DemoPlatform, startDemoPlatform } from './demo-platform.ts';
import { importsJourney } from './journeys/imports.ts';
import { profilesJourney } from './journeys/profiles.ts';
import { segmentsJourney } from './journeys/segments.ts';
import { shellJourney } from './journeys/shell.ts';
import { tabs } from './tabs.ts';

/** A sample of `npm run test:console`, which takes every journey and looks at every page. */
const sample = [shellJourney, profilesJourney, segmentsJourney, importsJourney];
const looked = tabs.filter(([name]) => ['profiles', 'segment-builder', 'privacy', 'api-keys'].includes(name));

const isLeftOut = !hasChromium && process.env.CI !== 'true';
if (isLeftOut) console.error(`SKIPPED: ${noChromium}`);

describe.skipIf(isLeftOut)('the console in Chromium', () => {
  let demo: DemoPlatform;
  let browser: Browser;
  let at: ConsolePage;

  beforeAll(async () => {
    [demo, browser] = await Promise.all([startDemoPlatform(40, 14), openChromium()]);
    at = await ConsolePage.open(browser, demo.url, demo.key);
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });

  test.each(sample)('$name', { timeout: 90_000 }, async ({ take }) => {
    at.complaints.length = 0;
    await take(at, demo.api);
    expect(at.complaints.filter(complaint => !/ (404|412) /.test(complaint))).toEqual([]);
  });

  test.each(looked)('%s has no fault that axe-core knows', async (_name, path) => {
    await at.go(path);
    expect(await at.faults()).toEqual([]);
  });
});
