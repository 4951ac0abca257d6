import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A Lambda handler: asynchronous, or with a callback as third parameter. */
export type Handler = (
  event: unknown,
  context: unknown,
  callback: (error: unknown, result?: unknown) => void,
) => unknown;

const endings = ['.mjs', '.js', '.cjs'];

/**
 * Loads `directory/file.ending` and takes its export: `api/get-profile.handler` → `handler` of `api/get-profile.mjs`.
 * Throws an `Error` which names what is missing.
 */
export const loadHandler = async (directory: string, handler: string): Promise<Handler> => {
  const dot = handler.lastIndexOf('.');
  const base = join(directory, handler.slice(0, dot));
  const file = endings.map(ending => base + ending).find(path => existsSync(path));
  if (!file) throw new Error(`${base} exists with none of the endings ${endings.join(', ')}`);
  const module = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const name = handler.slice(dot + 1);
  const found = module[name] ?? (module.default as Record<string, unknown> | undefined)?.[name];
  if (typeof found !== 'function') throw new Error(`${file} exports no function ${name}`);
  return found as Handler;
};

/** Calls a handler of either kind and answers its result. */
export const callHandler = (handler: Handler, event: unknown, context: unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const callback = (error: unknown, result?: unknown): void => (error ? reject(error) : resolve(result));
    const answer = Promise.resolve().then(() => handler(event, context, callback));
    answer.then(result => {
      if (handler.length < 3 || result !== undefined) resolve(result);
    }, reject);
  });
