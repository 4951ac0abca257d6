import type { NewConsent } from '../contract/consent.ts';
import { consentRecord } from '../engines/consent/consent-standing.ts';
import { Problem } from '../errors.ts';
import type { AcceptedEvent } from '../model/accepted-event.ts';
import { whyUnusable } from '../model/identifier.ts';
import { type ConsentChannel, consentChannels } from '../model/profile.ts';

const ofBrowsers: readonly ConsentChannel[] = ['tracking', 'cookies', 'saleSharing', 'profiling'];

interface BrowserTools {
  nextEventId: (at: number) => string;
  now: () => Date;
}

const forbidden = (path: string, reason: string): Problem =>
  new Problem('FORBIDDEN', `A write key may not: ${path} ${reason}`, [{ path: `body.${path}`, reason }]);

/**
 * What a browser says for itself, as an event: it comes in the order of its other events, and the browser need not be
 * known yet.
 *
 * @throws Problem `FORBIDDEN` where it speaks for somebody else, or of what only a person can say
 */
export const browserConsent = (said: NewConsent, { nextEventId, now }: BrowserTools): AcceptedEvent => {
  const { identifier, profileId, purposes, doubleOptIn } = said;
  if (profileId !== undefined) throw forbidden('profileId', 'needs a secret key');
  if (identifier?.type !== 'anonymousId' || whyUnusable(identifier) !== undefined) {
    throw forbidden('identifier', 'names an anonymousId');
  }
  const refused = consentChannels.find(name => said[name] !== undefined && !ofBrowsers.includes(name));
  if (refused !== undefined) throw forbidden(refused, 'needs a secret key');
  if (purposes !== undefined || doubleOptIn) throw forbidden('purposes', 'needs a secret key');
  const consent = Object.fromEntries(
    ofBrowsers.flatMap(name => (said[name] === undefined ? [] : [[name, said[name]]])),
  );
  if (Object.keys(consent).length === 0) {
    throw new Problem('INVALID_REQUEST', 'The body names no channel', [{ path: 'body', reason: 'names no channel' }]);
  }
  const at = now().toISOString();
  const id = nextEventId(Date.parse(at));
  const base = { id, messageId: id, type: 'consent', timestamp: at, receivedAt: at, identifiers: [identifier] };
  return { ...base, properties: {}, consent, source: 'browser' };
};

/** What a browser has just said, as it is answered: nothing else that is known. */
export const shownBrowserConsent = ({ id, consent = {}, timestamp, source = 'browser' }: AcceptedEvent) => {
  const at = Date.parse(timestamp);
  const states = Object.entries(consent).map(([name, granted]) => [
    name,
    { at, id, source, granted: granted === true },
  ]);
  return consentRecord({ consent: Object.fromEntries(states) }, [], at);
};
