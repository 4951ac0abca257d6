import { type ConsentPurpose, consentChannels } from '../../model/profile.ts';
import type { ConsentEvidence, ConsentState, ConsentStatement, PersonRecord } from '../../model/profile-state.ts';

type StateName = 'granted' | 'denied' | 'withdrawn' | 'pending' | 'expired' | 'unknown';

/** How somebody stands to one purpose, with what shows it. Times are ISO 8601. */
export interface Standing {
  state: StateName;
  source?: string;
  at?: string;
  textVersion?: string;
  textHash?: string;
  purpose?: string;
  jurisdiction?: string;
  expiresAt?: string;
  proof?: { formId?: string; ipHash?: string };
}

const isoTime = (at: number): string => new Date(at).toISOString();

/** What shows a consent, in the form in which it is answered. */
export const shownEvidence = ({
  formId,
  ipHash,
  expiresAt,
  textVersion,
  textHash,
  purpose,
  jurisdiction,
}: ConsentEvidence): Omit<Standing, 'state' | 'at' | 'source'> => ({
  ...(textVersion === undefined ? {} : { textVersion }),
  ...(textHash === undefined ? {} : { textHash }),
  ...(purpose === undefined ? {} : { purpose }),
  ...(jurisdiction === undefined ? {} : { jurisdiction }),
  ...(expiresAt === undefined ? {} : { expiresAt: isoTime(expiresAt) }),
  ...(formId === undefined && ipHash === undefined
    ? {}
    : { proof: { ...(formId === undefined ? {} : { formId }), ...(ipHash === undefined ? {} : { ipHash }) } }),
});

/** Whether a consent is given at `now` (epoch ms). */
export const isGranted = (state: ConsentState | undefined, now: number): boolean =>
  state?.granted === true && (state.expiresAt === undefined || state.expiresAt > now);

const nameOf = (
  purpose: ConsentPurpose,
  state: ConsentState,
  ledger: readonly ConsentStatement[],
  now: number,
): StateName => {
  if (state.pending !== undefined) return 'pending';
  if (state.granted) return isGranted(state, now) ? 'granted' : 'expired';
  return ledger.some(({ at, changes }) => changes[purpose] === true && at <= state.at) ? 'withdrawn' : 'denied';
};

/** What somebody consents to at `now` (epoch ms): a no that was a yes before is a withdrawal. */
export const consentRecord = (
  { consent }: Pick<PersonRecord, 'consent'>,
  ledger: readonly ConsentStatement[],
  now: number,
) => {
  const standingOf = (purpose: ConsentPurpose): Standing => {
    const state = consent[purpose];
    if (!state) return { state: 'unknown' };
    const { source, at } = state;
    return { state: nameOf(purpose, state, ledger, now), source, at: isoTime(at), ...shownEvidence(state) };
  };
  const own = Object.keys(consent).filter(name => name.startsWith('custom:')) as ConsentPurpose[];
  const times = Object.values(consent).flatMap(state => state?.at ?? []);
  return {
    ...Object.fromEntries(
      consentChannels.flatMap(channel => (consent[channel] ? [[channel, isGranted(consent[channel], now)]] : [])),
    ),
    ...(times.length === 0 ? {} : { updatedAt: isoTime(Math.max(...times)) }),
    channels: Object.fromEntries(consentChannels.map(channel => [channel, standingOf(channel)])) as Record<
      (typeof consentChannels)[number],
      Standing
    >,
    purposes: Object.fromEntries(own.map(name => [name.slice('custom:'.length), standingOf(name)])),
  };
};

/** A version of the ledger as it is answered. */
export const shownVersion = ({ at, source, changes, pending, ...evidence }: ConsentStatement) => ({
  at: isoTime(at),
  source,
  ...shownEvidence(evidence),
  changes: Object.fromEntries(
    Object.entries(changes).map(([purpose, granted]) => [
      purpose.replace(/^custom:/, ''),
      pending?.[purpose as ConsentPurpose] === undefined ? (granted ? 'granted' : 'denied') : 'pending',
    ]),
  ) as Record<string, 'granted' | 'denied' | 'pending'>,
});
