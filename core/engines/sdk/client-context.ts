import type { Agent } from './read-agent.ts';
import { isObject, objectOf, textOf, unlessEmpty } from './read-member.ts';
import type { SdkCall } from './sdk-call.ts';
import { type AddressPolicy, shownAddress } from './shown-address.ts';

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
  addresses: AddressPolicy;
  readAgent: (text: string) => Agent;
}

/** What a client says holds, and what it leaves out or empty is filled in. */
const filledIn = (said: unknown, found: Record<string, string> | undefined): Record<string, unknown> | undefined => {
  const given = Object.entries(objectOf(said)).filter(([, value]) => value !== '' && value !== null);
  return unlessEmpty({ ...found, ...Object.fromEntries(given) });
};

const addressIn = ({ context }: SdkCall, { connection, addresses }: ContextTools): string | undefined => {
  const address = textOf(context.ip) ?? (connection.fromBrowser ? connection.address : undefined);
  return address === undefined ? undefined : shownAddress(address, addresses);
};

const agentOf = ({ context }: SdkCall, { connection }: ContextTools): string | undefined =>
  textOf(context.userAgent) ?? (connection.fromBrowser ? connection.userAgent : undefined);

/** What a call was, where the type of its event does not tell. */
const callOf = ({ type, given }: SdkCall): Record<string, unknown> => ({
  type,
  ...(type === 'track' ? { event: String(given.event).trim().slice(0, 1000) } : {}),
});

/**
 * The context of an event: what the client said, without the person’s traits, and with what its user agent and its
 * connection tell.
 */
export const clientContext = (call: SdkCall, tools: ContextTools): Record<string, unknown> => {
  const { traits: _traits, ip: _ip, integrations: _none, ...said } = call.context;
  const { fromBrowser, location } = tools.connection;
  const userAgent = agentOf(call, tools);
  const agent = userAgent === undefined ? undefined : tools.readAgent(userAgent);
  const found = {
    ip: addressIn(call, tools),
    userAgent,
    browser: filledIn(said.browser, agent?.browser),
    os: filledIn(said.os, agent?.os),
    device: filledIn(said.device, agent?.device),
    location: filledIn(said.location, fromBrowser ? location : undefined),
    bot: agent?.bot || undefined,
    integrations: isObject(call.given.integrations) ? unlessEmpty(call.given.integrations) : undefined,
    call: callOf(call),
  };
  const context: Record<string, unknown> = { ...said };
  for (const [name, value] of Object.entries(found)) {
    if (value === undefined) delete context[name];
    else context[name] = value;
  }
  return context;
};
