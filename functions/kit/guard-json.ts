import { parse as parseJson } from 'secure-json-parse';
import { Problem } from '../../core/errors.ts';

const depthMax = 30;
const keysMax = 1000;

const refuse = (reason: string): never => {
  throw new Problem('INVALID_REQUEST', `The body ${reason}`, [{ path: 'body', reason }]);
};

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Counts levels and keys without building anything, so that a bomb costs one pass over its bytes. */
const checkShape = (bytes: Uint8Array): void => {
  const keysPerLevel: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = endOfText(bytes, at);
    else if (byte === openBrace || byte === openBracket) {
      keysPerLevel.push(0);
      if (keysPerLevel.length > depthMax) refuse(`is nested deeper than ${depthMax} levels`);
    } else if (byte === closeBrace || byte === closeBracket) keysPerLevel.pop();
    else if (byte === colon) countKey(keysPerLevel);
  }
};

const countKey = (keysPerLevel: number[]): void => {
  const level = keysPerLevel.length - 1;
  const keys = (keysPerLevel[level] ?? 0) + 1;
  keysPerLevel[level] = keys;
  if (keys > keysMax) refuse(`has an object with more than ${keysMax} keys`);
};

const endOfText = (bytes: Uint8Array, start: number): number => {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
};

/**
 * Parses bytes that a stranger sent as JSON, whatever their content type says.
 *
 * @throws Problem `INVALID_REQUEST` for bad UTF-8, deep nesting, many keys, `__proto__` or `constructor.prototype`
 *   members, and everything that is not JSON
 */
export const guardJson = (bytes: Uint8Array): unknown => {
  checkShape(bytes);
  const text = decode(bytes);
  if (text.trim() === '') return refuse('is empty; send JSON');
  try {
    const guarded = { protoAction: 'error', constructorAction: 'error' } as const;
    return wellFormed(text, mayNamePrototype(text) ? parseJson(text, guarded) : JSON.parse(text));
  } catch (fault) {
    if (fault instanceof Problem) throw fault;
    return refuse(`is not JSON: ${fault instanceof Error ? fault.message.slice(0, 120) : 'unreadable'}`);
  }
};

/** A name that is guarded against stands in the text as it is, or with escapes. Far cheaper than looking for the names. */
const mayNamePrototype = (text: string): boolean =>
  text.includes('__proto__') || text.includes('constructor') || text.includes('\\u');

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
