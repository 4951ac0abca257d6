import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPlatform } from '../fixtures/running-platform.ts';
import { readTour, writeTour } from './tour/read-tour.ts';
import { runTour, withoutChance } from './tour/run-tour.ts';

const readme = join(import.meta.dirname, '../../README.md');

test('the tour of the README prints what the README says; UPDATE_TOUR=1 writes it there', async () => {
  const markdown = readFileSync(readme, 'utf8');
  const steps = readTour(markdown);
  const folder = mkdtempSync(join(tmpdir(), 'cdp-tour-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const platform = await startPlatform();
  onTestFinished(() => platform.stop());
  const environment = {
    CDP: `${platform.url}/api/cdp`,
    CDP_KEY: platform.adminKey,
    PORT: new URL(platform.url).port,
    CDP_STATE_DIR: platform.stateDirectory,
  };
  const printed = await runTour(steps, folder, environment).catch(async fault => {
    throw new Error(`${fault.message}\n${platform.output()}`, { cause: fault });
  });
  if (process.env.UPDATE_TOUR === '1') writeFileSync(readme, writeTour(markdown, printed));
  else expect(printed.map(withoutChance)).toEqual(steps.map(step => withoutChance(step.printed)));
  expect(steps.length).toBeGreaterThan(8);
}, 150_000);
