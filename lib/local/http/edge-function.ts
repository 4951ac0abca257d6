import { Script } from 'node:vm';

const timeoutMilliseconds = 100;

/** The path that a CloudFront function on viewer requests makes of the path that was asked for. */
export const edgeFunction = (code: string): ((path: string) => string) => {
  const script = new Script(`${code}\nhandler(event).uri`);
  return uri => String(script.runInNewContext({ event: { request: { uri } } }, { timeout: timeoutMilliseconds }));
};
