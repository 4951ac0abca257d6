import type { ApiKey } from '../contract/api-keys.ts';
import type { StoredApiKey } from '../model/stored-api-key.ts';

/** An API key as it is shown: nothing of its secrets, not even their hashes. */
export const shownApiKey = ({ hash: _hash, version: _version, previous, ...key }: StoredApiKey): ApiKey => ({
  ...key,
  ...(previous ? { previousSecretUntil: previous.until } : {}),
});
