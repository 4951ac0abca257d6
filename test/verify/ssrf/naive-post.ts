import { request } from 'node:http';
import type { LookupFunction } from 'node:net';

/** Looks at where a name leads, and then connects to where it leads by then: how rebinding gets through. */
export const naivePost = (name: string, port: number, lookup: LookupFunction): Promise<number> =>
  new Promise((resolve, reject) => {
    const sending = request({ host: name, port, method: 'POST', lookup }, answer => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sending.on('error', reject);
    sending.end('{}');
  });

/** A resolver that answers with one address after the other, as a hostile one does; the last one stays. */
export const rebinding = (addresses: readonly string[]): LookupFunction & { asked: number } => {
  const lookup = (name: string, options: { all?: boolean }, answered: (...given: unknown[]) => void): void => {
    const address = addresses[Math.min(resolver.asked, addresses.length - 1)] ?? '';
    resolver.asked += 1;
    const family = address.includes(':') ? 6 : 4;
    if (name === '') answered(new Error('no name'));
    else if (options.all) answered(null, [{ address, family }]);
    else answered(null, address, family);
  };
  const resolver = Object.assign(lookup as unknown as LookupFunction, { asked: 0 });
  return resolver;
};
