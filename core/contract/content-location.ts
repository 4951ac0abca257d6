import { basePath, type Route } from './route.ts';

/** The header that tells where an answer really stands, when it was asked for under another id; else none. */
export const contentLocation = (
  { path }: Pick<Route, 'path'>,
  asked: string,
  answered: string,
): Record<string, string> =>
  asked === answered ? {} : { 'content-location': `${basePath}${path.replace('{id}', encodeURIComponent(answered))}` };
