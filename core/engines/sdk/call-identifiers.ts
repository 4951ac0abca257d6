import type { Identifier, IdentifierType } from '../../model/identifier.ts';
import { isObject, objectOf, textOf } from './read-member.ts';
import type { SdkCall } from './sdk-call.ts';

/** Who a call says it is about. */
export interface CalledBy {
  identifiers?: Identifier[] | undefined;
  anonymousId?: string | undefined;
  deviceId?: string | undefined;
}

/** As an event may have. */
const identifiersMax = 20;

/** What SDKs call the identifiers of other systems that we know. */
const externalTypes: ReadonlyMap<string, IdentifierType> = new Map([
  ['user_id', 'customerId'],
  ['anonymous_id', 'anonymousId'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['android.id', 'deviceId'],
  ['ios.id', 'deviceId'],
  ['android.idfa', 'advertisingId'],
  ['ios.idfa', 'advertisingId'],
]);

const externalType = (type: string): IdentifierType =>
  externalTypes.get(type.toLowerCase()) ?? `custom:${type.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 40)}`;

/** `externalIds` at Segment, `externalId` at RudderStack. */
const externalIn = ({ externalIds, externalId }: Record<string, unknown>): Identifier[] =>
  [externalIds, externalId].flatMap(list =>
    (Array.isArray(list) ? list : []).flatMap((one): Identifier[] => {
      if (!isObject(one)) return [];
      const [type, value] = [textOf(one.type), textOf(one.id)];
      return type === undefined || value === undefined ? [] : [{ type: externalType(type), value }];
    }),
  );

const single = (type: IdentifierType, value: unknown): Identifier[] => {
  const text = textOf(value);
  return text === undefined ? [] : [{ type, value: text }];
};

/** An address and a number also tell who someone is, whatever the call; of `identify` the traits tell them. */
const contactsIn = ({ type, context }: SdkCall): Identifier[] => {
  if (type === 'identify') return [];
  const { email, phone } = objectOf(context.traits);
  return [...single('email', email), ...single('phone', phone)];
};

/**
 * Who a call is about. The previous id of an alias is one under which somebody was not known by name: two customers are
 * never joined by what a page says.
 */
export const calledBy = (call: SdkCall): CalledBy => {
  const { type, given, context } = call;
  const device = objectOf(context.device);
  const identifiers = [
    ...single('customerId', given.userId),
    ...(type === 'alias' ? single('anonymousId', given.previousId) : []),
    ...contactsIn(call),
    ...single('advertisingId', device.advertisingId),
    ...externalIn(context),
  ];
  return {
    identifiers: identifiers.length > 0 ? identifiers.slice(0, identifiersMax) : undefined,
    anonymousId: textOf(given.anonymousId),
    deviceId: textOf(device.id),
  };
};
