import type { Client } from '../../core/contract/client.ts';
import type { Segment } from '../../core/contract/segments.ts';
import { CliError } from '../cli-error.ts';
import { type DemoOptions, defaultSettings } from './demo-options.ts';
import { demoSegments } from './demo-segments.ts';
import { type DemoSettings, settingsIn, settingsText } from './demo-settings.ts';
import { named } from './named.ts';

/** The demo that is on the platform already: its segments, and the settings that they name. */
export interface PresentDemo {
  segments: Map<string, Segment>;
  settings?: DemoSettings | undefined;
}

export const presentDemo = async (client: Client): Promise<PresentDemo> => {
  const names = demoSegments(defaultSettings(new Date())).map(({ name }) => name);
  const segments = await named(cursor => client.listSegments({ query: { limit: 1000, cursor } }), names);
  const [settings] = [...segments.values()].flatMap(({ description = '' }) => settingsIn(description) ?? []);
  return { segments, settings };
};

/**
 * What to make: what is given, else as it is there already, else the defaults. A platform has one demo, since two would
 * have the same people.
 *
 * @throws CliError where another demo is there
 */
export const settingsFor = ({ settings: there }: PresentDemo, given: DemoOptions, now: Date): DemoSettings => {
  const base = there ?? defaultSettings(now);
  const { seed = base.seed, customers = base.customers, days = base.days, until = base.until } = given;
  const wanted = { seed, customers, days, until };
  if (there === undefined || settingsText(there) === settingsText(wanted)) return wanted;
  throw new CliError(
    `Another demo is there: ${settingsText(there)}. Run this again without options to complete that one, ` +
      'or clear the local platform with `npx cdp reset` first.',
  );
};
