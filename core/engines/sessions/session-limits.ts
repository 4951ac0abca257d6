/** A pause of exactly this length does not end a session; a longer one does. */
export const idleMilliseconds = 30 * 60_000;

/** Whoever never pauses begins a new session after this time; its last moment still belongs to the old one. */
export const lengthMillisecondsMax = 24 * 3_600_000;
