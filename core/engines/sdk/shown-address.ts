import ipaddr from 'ipaddr.js';

/** How much of the address of a connection is kept. */
export const addressPolicies = ['keep', 'truncate', 'drop'] as const;
export type AddressPolicy = (typeof addressPolicies)[number];

/** What is left of an address: the network of a provider’s region rather than a household. */
const prefixBits = { ipv4: 24, ipv6: 48 } as const;

/**
 * The part of an IP address that may be kept; `undefined` for what is none.
 *
 * @example shownAddress('203.0.113.77', 'truncate') // '203.0.113.0'
 */
export const shownAddress = (address: string, policy: AddressPolicy): string | undefined => {
  const text = address.trim();
  if (policy === 'drop' || !ipaddr.isValid(text)) return undefined;
  const parsed = ipaddr.process(text);
  if (policy === 'keep') return parsed.toString();
  return parsed.kind() === 'ipv4'
    ? ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${prefixBits.ipv4}`).toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${prefixBits.ipv6}`).toString();
};
