import { isObject, textOf } from './read-member.ts';

export const callTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type CallType = (typeof callTypes)[number];

/** One call of an SDK, its members as it sent them. */
export interface SdkCall {
  type: CallType;
  given: Record<string, unknown>;
  context: Record<string, unknown>;
  /** When the SDK sent it, by its own clock. */
  sentAt?: string | undefined;
}

const isCallType = (name: unknown): name is CallType => (callTypes as readonly unknown[]).includes(name);

const batchNames = new Set(['batch', 'b', 'import']);

/** What the last part of a path names: a call, by its name or its first letter, or several; else nothing. */
export const callNamed = (name: string): CallType | 'batch' | undefined => {
  if (batchNames.has(name)) return 'batch';
  return callTypes.find(type => type === name || type.charAt(0) === name);
};

/**
 * The calls in a body, each with what the body says for all of them: when it was sent, context, integrations.
 * `undefined` for a body that is none of a batch.
 *
 * @example callsIn('batch', { context: { ip: '1.2.3.4' }, batch: [{ type: 'track' }] })
 *   // [{ type: 'track', context: { ip: '1.2.3.4' } }]
 */
export const callsIn = (name: CallType | 'batch', body: unknown): unknown[] | undefined => {
  if (!isObject(body)) return undefined;
  if (name !== 'batch') return [{ ...body, type: name }];
  if (!Array.isArray(body.batch)) return undefined;
  return body.batch.map(one => (isObject(one) ? withShared(one, body) : one));
};

const withShared = (call: Record<string, unknown>, body: Record<string, unknown>): Record<string, unknown> => {
  const merged = { ...call };
  for (const name of ['context', 'integrations']) {
    if (isObject(body[name])) merged[name] = isObject(call[name]) ? { ...body[name], ...call[name] } : body[name];
  }
  const sentAt = later(textOf(call.sentAt), textOf(body.sentAt));
  if (sentAt !== undefined) merged.sentAt = sentAt;
  return merged;
};

/** An SDK that tries again writes the new time on the whole batch only. */
const later = (left: string | undefined, right: string | undefined): string | undefined => {
  if (left === undefined || right === undefined) return left ?? right;
  return left < right ? right : left;
};

/** What of a call must be an object where it is there. */
const objectMembers = ['context', 'properties', 'traits'] as const;

/** A call that makes sense as one, or why it does not. */
export const readCall = (given: unknown): SdkCall | { fault: string } => {
  if (!isObject(given)) return { fault: 'is no object' };
  const { type, context } = given;
  if (!isCallType(type)) return { fault: `type is none of ${callTypes.join(', ')}` };
  const odd = objectMembers.find(name => given[name] !== undefined && given[name] !== null && !isObject(given[name]));
  if (odd !== undefined) return { fault: `${odd} is no object` };
  if (type === 'track' && textOf(given.event) === undefined) return { fault: 'a track call names its event' };
  return { type, given, context: isObject(context) ? context : {}, sentAt: textOf(given.sentAt) };
};
