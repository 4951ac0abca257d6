import { randomBytes } from 'node:crypto';
import { monotonicFactory, ulid } from 'ulid';

const inOrder = monotonicFactory();

/** `<prefix>-<ULID>`: sorts by time of creation; 80 random bits, so that nobody guesses one. */
export const newId = (prefix: string): string => `${prefix}-${ulid().toLowerCase()}`;

/** Like `newId`, in strictly rising order within this process and cheap enough for every event. */
export const nextEventId = (at: number): string => `event-${inOrder(at).toLowerCase()}`;

/** The secret part of an API key: 192 random bits. */
export const newSecret = (): string => randomBytes(24).toString('hex');
