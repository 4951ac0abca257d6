import { foldWindow } from '../../../core/flows/fold-window.ts';
import type { AcceptedEvent } from '../../../core/model/accepted-event.ts';
import { customerEvent } from '../../fixtures/customer-events.ts';
import type { Loop } from '../../fixtures/run-loop.ts';
import type { SeededRandom } from '../../fixtures/seeded-random.ts';
import { knownProfile } from '../../simulation/known-profile.ts';

const erasedProfile = 'profile-erased';
const people = 5;

/** The days that events are of. */
export const lakeDays = ['2026-02-13', '2026-02-14', '2026-02-15'];

/** Events that are accepted, window by window, and what became of them. */
export class LakeIntake {
  readonly #random: SeededRandom;
  readonly #loop: Loop;
  readonly #sent: AcceptedEvent[] = [];
  readonly #counts = { accepted: 0, duplicates: 0, quarantined: 0, refused: 0 };
  windows = 0;

  constructor(random: SeededRandom, loop: Loop) {
    this.#random = random;
    this.#loop = loop;
  }

  /** Somebody whose events are refused from the beginning on. */
  begin(): Promise<unknown> {
    return knownProfile(this.#loop.table, erasedProfile, this.#loop.clock.at);
  }

  /** How many of all that were accepted must be in the lake. */
  get stored(): number {
    const { accepted, duplicates, quarantined, refused } = this.#counts;
    return accepted - duplicates - quarantined - refused;
  }

  /** A window of the profile worker: new events, repeats, some that are kept aside and some of somebody erased. */
  async fold(): Promise<void> {
    this.windows += 1;
    const events = Array.from({ length: 4 + this.#random.below(12) }, () => this.#event());
    const outcome = await foldWindow(events, { ...this.#loop.services, accountCurrency: 'USD' });
    this.#counts.accepted += events.length;
    for (const kind of ['duplicates', 'quarantined', 'refused'] as const) this.#counts[kind] += outcome[kind];
    if (outcome.failed.length > 0) throw new Error('events could not be folded');
  }

  #event(): AcceptedEvent {
    if (this.#sent.length > 0 && this.#random.chance(0.15)) return this.#random.pick(this.#sent);
    const event = customerEvent(`customer-${this.#random.below(people)}`, {
      ...(this.#random.chance(0.5) ? { amount: (1 + this.#random.below(100_000)) / 1000 } : { type: 'page_view' }),
      at: `${this.#random.pick(lakeDays)}T0${this.#random.below(10)}:00:00.000Z`,
    });
    if (this.#random.chance(0.08)) return { ...event, quarantine: 'timestamp_before_1970' };
    if (this.#random.chance(0.08)) return { ...event, profileId: erasedProfile, identifiers: [] };
    this.#sent.push(event);
    return event;
  }
}
