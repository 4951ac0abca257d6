import { optOutSources } from '../model/consent-source.ts';
import type { ProfileState } from '../model/profile-state.ts';
import { updateProfile } from './update-profile.ts';
import { type Whose, type WhoseTools, whoseConsent } from './whose-consent.ts';

const sourceOf = { gpc: 'gpc', form: 'ccpa_opt_out', agent: 'ccpa' } as const;

/** Records that somebody objects to sale and sharing. @throws Problem `NOT_FOUND`, `VALIDATION_FAILED` */
export const optOut = async (
  { source: by, ...whose }: Whose & { source: keyof typeof sourceOf },
  requestId: string,
  tools: WhoseTools,
): Promise<ProfileState> => {
  const source = sourceOf[by];
  const id = await whoseConsent(whose, { requestId, source }, tools);
  const edit = () => ({ attributes: {}, identifiers: [], consent: { saleSharing: false } });
  return updateProfile({ id, edit, requestId, source }, tools);
};

/** Whether somebody objects to it. */
export const shownOptOut = ({ id, person }: ProfileState) => {
  const standing = person.consent.saleSharing;
  const optedOut = standing?.granted === false;
  if (!optedOut) return { profileId: id, optedOut };
  const source = optOutSources.get(standing.source) ?? ('other' as const);
  return { profileId: id, optedOut, at: new Date(standing.at).toISOString(), source };
};
