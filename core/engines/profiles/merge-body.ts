import { type Identifier, impliedIdentifiers } from '../../model/identifier.ts';
import type { AttributesPatch, ExternalIdsInput } from '../../model/profile.ts';
import { identifiersIn } from './external-ids.ts';

/** A body that creates a profile: flat names, nested parts, or both. */
export interface ProfileBody {
  customerId?: string | undefined;
  externalIds?: ExternalIdsInput | undefined;
  attributes?: AttributesPatch | undefined;
  [flatAttribute: string]: unknown;
}

export interface ProfileParts {
  attributes: AttributesPatch;
  identifiers: Identifier[];
}

/**
 * One reading of both shapes: flat names are attributes, an address and a number are identifiers too, and identifiers
 * of single kinds become attributes where the body names none.
 */
export const mergeBody = ({
  customerId,
  externalIds,
  attributes,
  consent: _consent,
  ...flat
}: ProfileBody): ProfileParts => {
  const contact = Object.fromEntries(
    (['email', 'phone'] as const).flatMap(type => (externalIds?.[type] ? [[type, externalIds[type]]] : [])),
  );
  const merged: AttributesPatch = { ...contact, ...flat, ...attributes, ...bothCustomFields(flat, attributes) };
  const named = identifiersIn({ ...externalIds, ...(customerId === undefined ? {} : { customerId }) });
  const other = named.filter(({ type }) => type !== 'email' && type !== 'phone');
  return {
    attributes: merged,
    identifiers: [...impliedIdentifiers(merged), ...other, ...secondContacts(externalIds, merged)],
  };
};

/** An address or number under `externalIds` that differs from the attribute: it identifies all the same. */
const secondContacts = (externalIds: ExternalIdsInput = {}, merged: AttributesPatch): Identifier[] => [
  ...(externalIds.email && externalIds.email !== merged.email ? impliedIdentifiers({ email: externalIds.email }) : []),
  ...(externalIds.phone && externalIds.phone !== merged.phone
    ? impliedIdentifiers({ phone: externalIds.phone, country: merged.country })
    : []),
];

/** Custom fields of both shapes stand together; nested ones win. */
const bothCustomFields = (flat: AttributesPatch, nested: AttributesPatch = {}): AttributesPatch =>
  flat.customFields && nested.customFields ? { customFields: { ...flat.customFields, ...nested.customFields } } : {};
