import type { AcceptedEvent } from '../../model/accepted-event.ts';
import type { ConsentPurpose } from '../../model/profile.ts';
import type { ConsentStatement, PersonRecord } from '../../model/profile-state.ts';

/** Since when somebody agreed, by what these events tell: epoch ms by channel. */
export const agreedIn = (events: readonly AcceptedEvent[]): Map<ConsentPurpose, number> => {
  const agreed = new Map<ConsentPurpose, number>();
  for (const { consent, timestamp } of events)
    for (const [name, granted] of Object.entries(consent ?? {})) {
      const channel = name as ConsentPurpose;
      if (granted)
        agreed.set(channel, Math.min(agreed.get(channel) ?? Number.POSITIVE_INFINITY, Date.parse(timestamp)));
    }
  return agreed;
};

/**
 * A no that was said before it was known that there had been a yes is a withdrawal from then on: where a merge let
 * somebody else's older yes stand against it, it does not any more.
 */
export const takenBackSince = (
  person: PersonRecord,
  agreed: ReadonlyMap<ConsentPurpose, number>,
  ledger: readonly ConsentStatement[],
): PersonRecord => {
  let { consent } = person;
  for (const [channel, since] of agreed) {
    const standing = consent[channel];
    for (const { changes, pending: _pending, ...said } of ledger) {
      const isLater = said.at > since && said.at > (standing?.at ?? since);
      if (changes[channel] === false && isLater && standing?.granted)
        consent = { ...consent, [channel]: { ...said, granted: false } };
    }
  }
  return consent === person.consent ? person : { ...person, consent };
};
