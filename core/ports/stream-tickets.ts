import type { Caller } from '../model/caller.ts';

/** What opens the live feed for a while without a key. */
export interface StreamTickets {
  /** `until`: epoch ms. */
  seal(caller: Caller, until: number): Promise<string>;
  /** Whom it was made for; `undefined` for what is none of ours, or is over. */
  open(ticket: string): Promise<Caller | undefined>;
}
