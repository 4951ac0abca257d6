/** Longest event that Lambda hands to a function, in bytes. */
export const payloadBytesMax = 6 * 1024 * 1024;

/** What an event holds around its records, in bytes; generously. */
export const envelopeBytes = 2048;

/** The bytes of one record in an event, with the comma behind it. */
export const eventBytes = (record: unknown): number => Buffer.byteLength(JSON.stringify(record)) + 1;
