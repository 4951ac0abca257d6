import type { NewConsent } from '../contract/consent.ts';
import { consentRecord } from '../engines/consent/consent-standing.ts';
import { Problem } from '../errors.ts';
import { type ConsentChannel, type ConsentPurpose, consentChannels } from '../model/profile.ts';
import type { ConsentEvidence, ProfileState } from '../model/profile-state.ts';
import type { ConsentTokens } from '../ports/consent-tokens.ts';
import type { ConsentEntry } from '../ports/profile-store.ts';
import { updateProfile } from './update-profile.ts';
import { type WhoseTools, whoseConsent } from './whose-consent.ts';

export interface ConsentTools extends WhoseTools {
  profiles: WhoseTools['profiles'] & { consentLedger(id: string): Promise<ConsentEntry[]> };
  consentTokens: ConsentTokens;
  /** A keyed hash. */
  hashSecret: (text: string) => Promise<string>;
}

/** A link to confirm is good for so long. */
const confirmMilliseconds = 7 * 86_400_000;

const changesIn = (said: NewConsent): Partial<Record<ConsentPurpose, boolean>> => ({
  ...Object.fromEntries(consentChannels.flatMap(name => (said[name] === undefined ? [] : [[name, said[name]]]))),
  ...Object.fromEntries(Object.entries(said.purposes ?? {}).map(([name, granted]) => [`custom:${name}`, granted])),
});

const evidenceOf = async (said: NewConsent, hashSecret: ConsentTools['hashSecret']): Promise<ConsentEvidence> => {
  const { textVersion, textHash, purpose, jurisdiction, expiresAt, proof } = said;
  return {
    ...(textVersion === undefined ? {} : { textVersion }),
    ...(textHash === undefined ? {} : { textHash }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(jurisdiction === undefined ? {} : { jurisdiction }),
    ...(expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) }),
    ...(proof?.formId === undefined ? {} : { formId: proof.formId }),
    ...(proof?.ip === undefined ? {} : { ipHash: await hashSecret(`address ${proof.ip}`) }),
  };
};

/** Splits what is said into our channels and purposes of one's own. */
const parted = (changes: Partial<Record<ConsentPurpose, boolean>>) => {
  const entries = Object.entries(changes);
  const isOwn = (name: string) => name.startsWith('custom:');
  return {
    consent: Object.fromEntries(entries.filter(([name]) => !isOwn(name))) as Partial<Record<ConsentChannel, boolean>>,
    custom: Object.fromEntries(entries.filter(([name]) => isOwn(name))) as Record<`custom:${string}`, boolean>,
  };
};

/** Of a double opt-in what is granted waits, unless it is granted already. */
const waiting = (
  changes: Partial<Record<ConsentPurpose, boolean>>,
  { person }: ProfileState,
  token: string | undefined,
): Partial<Record<ConsentPurpose, string>> =>
  token === undefined
    ? {}
    : Object.fromEntries(
        Object.entries(changes).flatMap(([name, granted]) =>
          granted && person.consent[name as ConsentPurpose]?.granted !== true ? [[name, token]] : [],
        ),
      );

/**
 * Records what somebody consents to: a version of the ledger, with its proof.
 *
 * @throws Problem `NOT_FOUND`, `CONFLICT`, `VALIDATION_FAILED`, `INVALID_REQUEST` where nothing is said
 */
export const setConsent = async (said: NewConsent, requestId: string, tools: ConsentTools): Promise<ProfileState> => {
  const changes = changesIn(said);
  if (Object.keys(changes).length === 0) {
    throw new Problem('INVALID_REQUEST', 'The body names no channel', [{ path: 'body', reason: 'names no channel' }]);
  }
  const id = await whoseConsent(said, { requestId, source: said.source }, tools);
  const evidence = await evidenceOf(said, tools.hashSecret);
  const until = tools.now().getTime() + confirmMilliseconds;
  const token = said.doubleOptIn
    ? await tools.consentTokens.seal({ profileId: id, nonce: requestId, until })
    : undefined;
  const edit = (state: ProfileState) => {
    const { consent, custom } = parted(changes);
    const pending = waiting(changes, state, token);
    return { attributes: {}, identifiers: [], consent, consentDetails: { custom, evidence, pending } };
  };
  return updateProfile({ id, edit, requestId, source: said.source }, tools);
};

/** What a profile consents to now. */
export const shownConsent = async (
  state: ProfileState,
  { profiles, now }: Pick<ConsentTools, 'now'> & { profiles: Pick<ConsentTools['profiles'], 'consentLedger'> },
) => ({
  profileId: state.id,
  ...consentRecord(state.person, await profiles.consentLedger(state.id), now().getTime()),
});
