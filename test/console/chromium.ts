import { existsSync } from 'node:fs';
import { type Browser, chromium as program } from 'playwright-core';

const place = process.env.CHROMIUM ?? '/usr/bin/chromium';
const flags = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'];

export const hasChromium = existsSync(place);

/** How it is mended where there is none. */
export const noChromium =
  `The console is tried in Chromium, and ${place} is not there. Install it (apt-get install --no-install-recommends ` +
  'chromium), or say where it is (CHROMIUM=/path/to/chromium).';

/** @throws Error that says how to get Chromium where it is missing */
export const openChromium = (): Promise<Browser> => {
  if (!hasChromium) throw new Error(noChromium);
  return program.launch({ executablePath: place, args: flags });
};
