import Bowser from 'bowser';
import { isbot } from 'isbot';
import { unlessEmpty } from './read-member.ts';

/** What the user agent of a client tells. */
export interface Agent {
  browser?: Record<string, string> | undefined;
  os?: Record<string, string> | undefined;
  device?: Record<string, string> | undefined;
  bot: boolean;
}

const agentMax = 1024;

const told = (parts: Readonly<Record<string, string | undefined>>): Record<string, string> | undefined =>
  unlessEmpty(Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => !!part[1])));

/**
 * Reads a user agent.
 *
 * @example readAgent('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) … Safari/604.1').device
 *   // { type: 'mobile', manufacturer: 'Apple', model: 'iPhone' }
 */
export const readAgent = (text: string): Agent => {
  const agent = text.slice(0, agentMax);
  const { browser, os, platform } = Bowser.parse(agent);
  return {
    browser: told({ name: browser.name, version: browser.version }),
    os: told({ name: os.name, version: os.version }),
    device: told({ type: platform.type, manufacturer: platform.vendor, model: platform.model }),
    bot: isbot(agent),
  };
};
