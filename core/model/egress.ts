/**
 * Why nothing is sent to a caller-supplied address, or `undefined` when it may be: only https on its usual port,
 * unless `host:port` is on the list of what the local runtime opens. Where a name leads is checked again when
 * connecting.
 */
export const whyNoEgress = (address: string, allowed: readonly string[]): string | undefined => {
  const url = new URL(address);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  if (allowed.includes(`${url.hostname}:${port}`)) return undefined;
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  if (url.protocol !== 'https:') return 'must be an https address';
  return port === '443' ? undefined : 'must use port 443';
};
