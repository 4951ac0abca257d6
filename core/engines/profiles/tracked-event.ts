import type { AcceptedEvent } from '../../model/accepted-event.ts';

/** An event of a profile as it is answered: without who the client said it was, which the profile tells. */
export const trackedEvent = (event: AcceptedEvent, profileId: string) => {
  const { identifiers: _identifiers, traits: _traits, consent: _consent, ...known } = event;
  const { quarantine: _quarantine, redrive: _redrive, ...kept } = known;
  return { ...kept, profileId };
};
