import { parse as parseJson } from 'secure-json-parse';
import { Problem } from '../../core/errors.ts';

const depthMax = 30;
const keysMax = 1000;

const refuse = (reason: string): never => {
  throw new Problem('INVALID_REQUEST', `The body ${reason}`, [{ path: 'body', reason }]);
};

/** Goes no deeper than what is allowed; reading JSON, unlike this and what comes after, takes no stack. */
const checkShape = (value: unknown, level: number): void => {
  if (typeof value !== 'object' || value === null) return;
  if (level > depthMax) refuse(`is nested deeper than ${depthMax} levels`);
  if (Array.isArray(value)) for (const one of value) checkShape(one, level + 1);
  else checkMembers(value as Record<string, unknown>, level);
};

const checkMembers = (value: Record<string, unknown>, level: number): void => {
  let keys = 0;
  for (const name in value) {
    keys += 1;
    checkShape(value[name], level + 1);
  }
  if (keys > keysMax) refuse(`has an object with more than ${keysMax} keys`);
};

/**
 * Parses bytes that a stranger sent as JSON, whatever their content type says. `known`: the same as text, where it is
 * known.
 *
 * @throws Problem `INVALID_REQUEST` for bad UTF-8, deep nesting, many keys, `__proto__` or `constructor.prototype`
 *   members, and everything that is not JSON
 */
export const guardJson = (bytes: Uint8Array, known?: string): unknown => {
  const text = known !== undefined && isPlainText(known) ? known : decode(bytes);
  if (text.trim() === '') return refuse('is empty; send JSON');
  try {
    const deceives = mayDeceive(text);
    const value: unknown = deceives ? parseJson(text, guarded) : JSON.parse(text);
    checkShape(value, 1);
    return deceives ? wellFormed(text, value) : value;
  } catch (fault) {
    if (fault instanceof Problem) throw fault;
    return refuse(`is not JSON: ${fault instanceof Error ? fault.message.slice(0, 120) : 'unreadable'}`);
  }
};

/** Text that comes out of its bytes as it is: without a byte order mark, which decoding takes away, or half a pair. */
const isPlainText = (text: string): boolean => !text.startsWith('\uFEFF') && text.isWellFormed();

/**
 * `__proto__` and `constructor.prototype` stand in the text as they are, or with escapes. Far cheaper than looking for
 * the names in what was read.
 */
const mayDeceive = (text: string): boolean => text.includes('proto') || text.includes('\\u');

const guarded = { protoAction: 'error', constructorAction: 'error' } as const;

const decode = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('is not valid UTF-8');
  }
};

const mayBeSurrogate = /\\u[dD][89a-fA-F]/;
/** `JSON.stringify` escapes only the half of a pair so; an even number of backslashes before it is text. */
const halfOfPair = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** Half of a surrogate pair is no text: no store gives it back as it was. */
const wellFormed = (text: string, value: unknown): unknown =>
  mayBeSurrogate.test(text) && halfOfPair.test(JSON.stringify(value))
    ? refuse('holds half of a surrogate pair')
    : value;
