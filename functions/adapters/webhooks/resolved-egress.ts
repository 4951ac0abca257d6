import { lookup } from 'node:dns/promises';
import { isOpened, whyNoAddress, whyNoEgress } from '../../../core/model/egress.ts';
import type { AddressRefusal } from '../../../core/ports/webhook-sender.ts';

export type ResolveName = (name: string) => Promise<string[]>;

const resolveName: ResolveName = async name => (await lookup(name, { all: true })).map(({ address }) => address);

/** A name that leads nowhere may lead somewhere later: it is looked at again with every message. */
const addressesOf = async (name: string, resolve: ResolveName): Promise<string[]> => {
  try {
    return await resolve(name);
  } catch {
    return [];
  }
};

/** Looks at an address and at where its name leads at this moment. */
export const resolvedEgress =
  (egressAllow: readonly string[], resolve: ResolveName = resolveName): AddressRefusal =>
  async address => {
    const reason = whyNoEgress(address, egressAllow);
    if (reason !== undefined || isOpened(address, egressAllow)) return reason;
    const found = await addressesOf(new URL(address).hostname.replace(/^\[|\]$/g, ''), resolve);
    return found.map(whyNoAddress).find(why => why !== undefined);
  };
