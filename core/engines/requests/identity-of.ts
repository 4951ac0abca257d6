import { type Identifier, identifierTypes } from '../../model/identifier.ts';

/** The names that OpenDSR has for identities, and ours for them. */
const ours: Readonly<Record<string, Identifier['type']>> = {
  controller_customer_id: 'customerId',
  customer_id: 'customerId',
  phone: 'phone',
  phone_number: 'phone',
  mobile_number: 'phone',
  device_id: 'deviceId',
  anonymous_id: 'anonymousId',
  android_advertising_id: 'advertisingId',
  fire_advertising_id: 'advertisingId',
  ios_advertising_id: 'advertisingId',
  microsoft_advertising_id: 'advertisingId',
  roku_advertising_id: 'advertisingId',
  roku_aid: 'advertisingId',
  android_id: 'deviceId',
  ios_vendor_id: 'deviceId',
};

const known: ReadonlySet<string> = new Set(identifierTypes);

/** The identifier that an identity of a request stands for. Types that nobody knows are of other systems. */
export const identityOf = ({ identity_type: type, identity_value: value }: OpenDsrIdentity): Identifier => {
  const name = ours[type] ?? (known.has(type) || type.startsWith('custom:') ? type : `custom:${type}`);
  return { type: name as Identifier['type'], value };
};

export interface OpenDsrIdentity {
  identity_type: string;
  identity_value: string;
}
