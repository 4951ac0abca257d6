import { Problem } from '../errors.ts';
import type { ConsentChannel, ConsentPurpose } from '../model/profile.ts';
import type { ConsentState, ProfileState } from '../model/profile-state.ts';
import type { ConsentTokens } from '../ports/consent-tokens.ts';
import { type UpdateTools, updateProfile } from './update-profile.ts';

interface ConfirmTools extends UpdateTools {
  consentTokens: ConsentTokens;
}

const waitingFor = ({ person }: ProfileState, token: string): [ConsentPurpose, ConsentState][] =>
  (Object.entries(person.consent) as [ConsentPurpose, ConsentState][]).filter(([, { pending }]) => pending === token);

/**
 * Grants what waits for a token, with the proof that it was asked with. A token is good once: what was said since, or
 * confirmed before, does not wait for it any more.
 *
 * @throws Problem `INVALID_REQUEST` for a token that is none or is over, `CONFLICT` for one that was used
 */
export const confirmConsent = async (token: string, requestId: string, tools: ConfirmTools): Promise<string[]> => {
  const claim = await tools.consentTokens.open(token);
  if (!claim) {
    const reason = 'is not valid, or is over';
    throw new Problem('INVALID_REQUEST', `The token ${reason}`, [{ path: 'body.token', reason }]);
  }
  let confirmed: ConsentPurpose[] = [];
  const edit = (state: ProfileState) => {
    const waits = waitingFor(state, token);
    const [first] = waits;
    if (!first) throw new Problem('CONFLICT', 'What the token would confirm does not wait for it any more');
    confirmed = waits.map(([purpose]) => purpose);
    const { at: _at, id: _id, source: _source, granted: _granted, pending: _pending, ...evidence } = first[1];
    const granted = (own: boolean) =>
      Object.fromEntries(confirmed.filter(name => name.startsWith('custom:') === own).map(name => [name, true]));
    const consent = granted(false) as Partial<Record<ConsentChannel, boolean>>;
    return { attributes: {}, identifiers: [], consent, consentDetails: { custom: granted(true), evidence } };
  };
  await updateProfile({ id: claim.profileId, edit, requestId, source: 'double_opt_in' }, tools);
  return confirmed.map(name => name.replace(/^custom:/, ''));
};
