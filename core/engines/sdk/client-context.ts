import type { Agent } from './read-agent.ts';
import { isObject, textOf, unlessEmpty } from './read-member.ts';
import type { SdkCall } from './sdk-call.ts';

/** What the connection tells of whoever sent the calls. */
export interface Connection {
  /** A browser sent them by itself: what the connection tells is the person’s, not a server’s. */
  fromBrowser: boolean;
  address?: string | undefined;
  userAgent?: string | undefined;
  /** Where the edge says that the connection comes from. */
  location?: Record<string, string> | undefined;
}

export interface ContextTools {
  connection: Connection;
  /** What may be kept of an address. */
  showAddress: (address: string) => string | undefined;
  readAgent: (text: string) => Agent;
}

/** What a client says holds, and what it leaves out or empty is filled in. */
const filledIn = (said: unknown, found: Record<string, string> | undefined): Record<string, unknown> | undefined => {
  if (!isObject(said)) return found;
  const given = Object.entries(said).filter(([, value]) => value !== '' && value !== null);
  return unlessEmpty({ ...found, ...Object.fromEntries(given) });
};

const addressIn = ({ context }: SdkCall, { connection, showAddress }: ContextTools): string | undefined => {
  const address = textOf(context.ip) ?? (connection.fromBrowser ? connection.address : undefined);
  return address === undefined ? undefined : showAddress(address);
};

const agentOf = ({ context }: SdkCall, { connection }: ContextTools): string | undefined =>
  textOf(context.userAgent) ?? (connection.fromBrowser ? connection.userAgent : undefined);

/** What a call was, where the type of its event does not tell. */
const callOf = ({ type, given }: SdkCall): Record<string, unknown> =>
  type === 'track' ? { type, event: String(given.event).trim().slice(0, 1000) } : { type };

const put = (context: Record<string, unknown>, name: string, value: unknown): void => {
  if (value !== undefined) context[name] = value;
};

/** Told anew, or of no event but of a person. */
const notKept = new Set([
  'traits',
  'ip',
  'integrations',
  'userAgent',
  'browser',
  'os',
  'device',
  'location',
  'bot',
  'call',
]);

/**
 * The context of an event: what the client said, without the person’s traits, and with what its user agent and its
 * connection tell. Member by member, since every call passes here.
 */
export const clientContext = (call: SdkCall, tools: ContextTools): Record<string, unknown> => {
  const said = call.context;
  const { fromBrowser, location } = tools.connection;
  const userAgent = agentOf(call, tools);
  const agent = userAgent === undefined ? undefined : tools.readAgent(userAgent);
  const context: Record<string, unknown> = {};
  for (const name in said) if (!notKept.has(name)) context[name] = said[name];
  put(context, 'ip', addressIn(call, tools));
  put(context, 'userAgent', userAgent);
  put(context, 'browser', filledIn(said.browser, agent?.browser));
  put(context, 'os', filledIn(said.os, agent?.os));
  put(context, 'device', filledIn(said.device, agent?.device));
  put(context, 'location', filledIn(said.location, fromBrowser ? location : undefined));
  put(context, 'bot', agent?.bot || undefined);
  put(context, 'integrations', isObject(call.given.integrations) ? unlessEmpty(call.given.integrations) : undefined);
  context.call = callOf(call);
  return context;
};
