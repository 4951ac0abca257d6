import type { AttributesPatch, ComputedPatch, ConsentPatch, ExternalIdsInput } from '../../model/profile.ts';
import type { ProfileState } from '../../model/profile-state.ts';
import { checkIdentifiers } from './check-identifiers.ts';
import type { ProfileEdit } from './edit-profile.ts';
import { identifiersIn } from './external-ids.ts';
import { mergeBody } from './merge-body.ts';

/** A body that updates a profile. */
export interface UpdateBody {
  externalIds?: ExternalIdsInput | undefined;
  attributes?: AttributesPatch | undefined;
  consent?: ConsentPatch | undefined;
  computed?: ComputedPatch | undefined;
}

/**
 * What an update writes into a profile: an address or a number named as an identifier becomes an attribute only where
 * there is none, and a national number is read by the country that is known.
 *
 * @throws Problem `VALIDATION_FAILED` for an identifier that identifies nobody
 */
export const updateEdit = (
  { externalIds, attributes = {}, consent, computed }: UpdateBody,
  { person }: Pick<ProfileState, 'person'>,
): ProfileEdit => {
  checkIdentifiers(identifiersIn(externalIds));
  const { email, phone, country } = person.attributes;
  const merged = mergeBody({ externalIds, attributes: { country, ...attributes } });
  const written: AttributesPatch = {
    ...attributes,
    ...(email === undefined && attributes.email === undefined ? { email: merged.attributes.email } : {}),
    ...(phone === undefined && attributes.phone === undefined ? { phone: merged.attributes.phone } : {}),
  };
  return { attributes: written, identifiers: merged.identifiers, consent, computed };
};
