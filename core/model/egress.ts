import ipaddr from 'ipaddr.js';

/** Names that lead to this machine or into a network of its own, whatever a resolver says. */
const ownNames = /(^|\.)(localhost|local|internal|localdomain|home\.arpa)$/;
/** The only part of IPv6 that is handed out to the public. */
const publicPrefix = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Why nothing is sent to an IP address, or `undefined` when it may be. Addresses that wrap another one (IPv4-mapped,
 * 6to4, NAT64, Teredo) are not public either.
 *
 * @example whyNoAddress('169.254.169.254') // 'must not lead to a linkLocal address'
 */
export const whyNoAddress = (address: string): string | undefined => {
  if (!ipaddr.isValid(address)) return 'must lead to an IP address';
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range !== 'unicast') return `must not lead to a ${range} address`;
  const isPublic = parsed.kind() === 'ipv4' || parsed.match(publicPrefix);
  return isPublic ? undefined : 'must not lead to a reserved address';
};

/** The host without the brackets of IPv6 and the dot of the root. */
const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const portOf = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

/** Whether an address is one of those (`host:port`) that the local runtime opens. */
export const isOpened = (address: string, allowed: readonly string[]): boolean => {
  const url = new URL(address);
  return allowed.includes(`${url.hostname}:${portOf(url)}`);
};

/**
 * Why nothing is sent to a caller-supplied address, or `undefined` when it may be: only https on its usual port and to
 * the public internet, unless `host:port` is on the list of what the local runtime opens. Where a name leads is checked
 * again when connecting.
 */
export const whyNoEgress = (address: string, allowed: readonly string[]): string | undefined => {
  if (isOpened(address, allowed)) return undefined;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  if (url.protocol !== 'https:') return 'must be an https address';
  if (portOf(url) !== '443') return 'must use port 443';
  const host = bareHost(url);
  if (ipaddr.isValid(host)) return whyNoAddress(host);
  return ownNames.test(host) || !host.includes('.') ? 'must be a name of the public internet' : undefined;
};
