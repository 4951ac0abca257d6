import type { Keyring } from '../ports/outlets.ts';

const secretLength = 48;

const hexadecimal = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

/** `length` hexadecimal letters that are the same for the same purpose, and that nobody else can tell. */
export const derivedLetters = async (keyring: Keyring, purpose: string, length = secretLength): Promise<string> =>
  hexadecimal(await keyring.derive(purpose)).slice(0, length);
