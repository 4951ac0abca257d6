import type { Client } from '../../core/contract/client.ts';
import type { ConsolePage } from './console-page.ts';

/** Tells the people of one run from those of another, where both meet the same platform. */
export const run = Date.now().toString(36);

/** What somebody does in a tab, and what a second session must see of it afterwards. */
export interface Journey {
  name: string;
  /** @throws Error where the console or the API is not as it should be */
  take(at: ConsolePage, api: Client): Promise<void>;
}
