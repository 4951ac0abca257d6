import type { Identifier } from '../../model/identifier.ts';
import type { AttributesPatch } from '../../model/profile.ts';
import { calledBy } from './call-identifiers.ts';
import { type ContextTools, clientContext } from './client-context.ts';
import { commerceProperties } from './commerce-properties.ts';
import { messageIdOf } from './message-id.ts';
import { companyTraits, personTraits, type Told } from './person-traits.ts';
import { objectOf, textOf } from './read-member.ts';
import type { SdkCall } from './sdk-call.ts';
import { sourceOf } from './source-of.ts';
import { eventType, type NameTable } from './standard-names.ts';

/** A call in the form of an event as `POST /events` takes it. */
export interface CalledEvent {
  type: string;
  properties: Record<string, unknown>;
  context: Record<string, unknown>;
  source: string;
  identifiers?: Identifier[];
  anonymousId?: string;
  deviceId?: string;
  sessionId?: string;
  traits?: AttributesPatch;
  timestamp?: string;
  sentAt?: string;
  messageId?: string;
}

export interface CallTools extends ContextTools {
  names: NameTable;
}

/** RudderStack says `originalTimestamp`; a number is an instant in seconds or milliseconds. */
const timestampOf = ({ timestamp, originalTimestamp }: Record<string, unknown>): string | undefined => {
  const said = timestamp ?? originalTimestamp;
  if (typeof said !== 'number') return textOf(said)?.slice(0, 64);
  const at = new Date(said < 1e11 ? said * 1000 : said);
  return Number.isNaN(at.getTime()) ? String(said) : at.toISOString();
};

const toldBy = ({ type, given, context }: SdkCall): Told => {
  if (type === 'identify') return personTraits({ ...objectOf(context.traits), ...objectOf(given.traits) });
  return type === 'group' ? companyTraits(textOf(given.groupId), objectOf(given.traits)) : {};
};

/** What a page or a screen is called, by its address where it has one. */
const viewProperties = ({ type, given }: SdkCall): Record<string, unknown> => {
  const properties = objectOf(given.properties);
  const { name = properties.name, category = properties.category } = given;
  const page = properties.page ?? (type === 'page' ? (properties.path ?? name) : name);
  return {
    ...properties,
    ...(textOf(name) === undefined ? {} : { name }),
    ...(textOf(category) === undefined ? {} : { category }),
    ...(textOf(page) === undefined ? {} : { page }),
  };
};

const propertiesOf = (call: SdkCall, type: string, rest: Told['rest']): Record<string, unknown> => {
  const { given } = call;
  switch (call.type) {
    case 'track':
      return commerceProperties(type, objectOf(given.properties));
    case 'page':
    case 'screen':
      return viewProperties(call);
    case 'group':
      return { groupId: textOf(given.groupId), traits: objectOf(given.traits) };
    case 'alias':
      return { previousId: textOf(given.previousId) };
    case 'identify':
      return rest === undefined ? {} : { traits: rest };
  }
};

/**
 * The event that a call means. It is yet to be judged: any of its members may be more than an event may have. Member by
 * member, since every call passes here.
 */
export const eventOf = (call: SdkCall, tools: CallTools): CalledEvent => {
  const { given, context, sentAt } = call;
  const type = eventType(call, tools.names);
  const { traits, rest } = toldBy(call);
  const { identifiers, anonymousId, deviceId } = calledBy(call);
  const event: CalledEvent = {
    type,
    properties: propertiesOf(call, type, rest),
    context: clientContext(call, tools),
    source: sourceOf(call, tools.connection.fromBrowser),
  };
  const sessionId = textOf(given.sessionId) ?? textOf(context.sessionId);
  const [timestamp, messageId] = [timestampOf(given), messageIdOf(given)];
  if (identifiers !== undefined) event.identifiers = identifiers;
  if (anonymousId !== undefined) event.anonymousId = anonymousId;
  if (deviceId !== undefined) event.deviceId = deviceId;
  if (sessionId !== undefined) event.sessionId = sessionId;
  if (traits !== undefined) event.traits = traits;
  if (timestamp !== undefined) event.timestamp = timestamp;
  if (sentAt !== undefined) event.sentAt = sentAt.slice(0, 64);
  if (messageId !== undefined) event.messageId = messageId;
  return event;
};
