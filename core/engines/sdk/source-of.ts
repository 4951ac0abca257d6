import { objectOf, textOf } from './read-member.ts';
import type { SdkCall } from './sdk-call.ts';

export type CallSource = 'web' | 'mobile' | 'server';

/** What the libraries of the SDKs call themselves; the first line that fits holds. */
const libraries: [RegExp, CallSource][] = [
  [/(^|[ /_-])(ios|android|swift|kotlin|react[ -]?native|flutter|unity)\b/i, 'mobile'],
  [/node|python|ruby|\bgo\b|java\b|php|\.net|rust/i, 'server'],
  [/analytics\.js|javascript|browser/i, 'web'],
];

const channels: readonly CallSource[] = ['web', 'mobile', 'server'];

/** Where a call was made: as its channel says, its library, or else by whether a browser sent it. */
export const sourceOf = ({ given, context }: SdkCall, fromBrowser: boolean): CallSource => {
  const channel = textOf(given.channel) ?? textOf(context.channel);
  const said = channels.find(one => one === channel);
  if (said) return said;
  if (context.library === undefined) return fromBrowser ? 'web' : 'server';
  const { name, env } = objectOf(context.library);
  if (env === 'browser') return 'web';
  const library = libraries.find(([pattern]) => pattern.test(`${env === 'node' ? 'node ' : ''}${textOf(name) ?? ''}`));
  return library?.[1] ?? (fromBrowser ? 'web' : 'server');
};
