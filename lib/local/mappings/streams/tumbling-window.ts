/** A window in progress: its start in milliseconds since the epoch, and what the function last returned as its state. */
export interface OpenWindow {
  start: number;
  state: unknown;
}

/** Records may arrive a little after the clock has passed the end of their window. */
const graceMilliseconds = 1000;

/** `2026-01-31T10:20:00Z`. */
const isoSeconds = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');

export const windowStart = (arrivedAt: number, length: number): number => Math.floor(arrivedAt / length) * length;

/** For how long a window is still open; 0 or less when it is due to be closed. */
export const windowLeft = ({ start }: OpenWindow, length: number, now: number): number =>
  start + length + graceMilliseconds - now;

/** The members of an event that a mapping with a tumbling window adds. */
export const windowFields = ({ start, state }: OpenWindow, length: number, isFinal: boolean) => ({
  window: { start: isoSeconds(start), end: isoSeconds(start + length) },
  state,
  isFinalInvokeForWindow: isFinal,
  isWindowTerminatedEarly: false,
});
