import { countsByReason } from '../engines/analytics/count-quarantined.ts';
import { withdrawingSources } from '../model/consent-source.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { CounterStore } from '../ports/counters.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import type { QuarantineStore } from '../ports/quarantine.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import { consentMissing } from './set-aside.ts';
import { type StartTools, startRedrive } from './start-redrive.ts';
import { suppressionKeys } from './suppression-keys.ts';

interface FollowConsentTools extends StartTools {
  profiles: Pick<ProfileStore, 'get'>;
  suppressions: Suppressions;
  quarantine: QuarantineStore;
  counters: CounterStore;
}

const keptDays = 30;

/**
 * What follows from what somebody said of consent, beyond destinations: who unsubscribed or complained is not reached by
 * e-mail whatever else is said of them, and what waited for a consent is put on its way. Doing it twice changes nothing.
 */
export const followConsent = async (profileId: string, tools: FollowConsentTools): Promise<void> => {
  const state = await tools.profiles.get(profileId);
  if (state?.head.life !== 'live') return;
  await suppressWithdrawn(state, tools);
  if (state.person.consent.tracking?.granted === true) await releaseHeld(state, tools);
};

const suppressWithdrawn = async (state: ProfileState, { suppressions }: FollowConsentTools): Promise<void> => {
  const { email } = state.person.consent;
  if (!email || email.granted || !withdrawingSources.has(email.source)) return;
  const said = { channels: ['email' as const], reason: email.source, source: email.source, at: email.at };
  await suppressions.keep([{ keys: suppressionKeys(state), suppression: { ...said, profileId: state.id } }]);
};

const releaseHeld = async ({ id, person }: ProfileState, tools: FollowConsentTools): Promise<void> => {
  const { quarantined = {} } = await tools.counters.totals();
  const firstDay = new Date(tools.now().getTime() - keptDays * 86_400_000).toISOString().slice(0, 10);
  if ((countsByReason(quarantined, firstDay)[consentMissing] ?? 0) === 0) return;
  const whose = { profileId: id, matchKeys: person.identifiers.map(({ key }) => key) };
  const held = await tools.quarantine.heldOf(whose, consentMissing);
  if (held.length > 0) await startRedrive({ selection: { ids: held }, dryRun: false }, tools);
};
