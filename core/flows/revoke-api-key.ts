import type { StoredApiKey } from '../model/stored-api-key.ts';
import type { Collection } from '../ports/collection.ts';
import { changeDocument } from './change-document.ts';

interface RevokeTools {
  apiKeys: Collection<StoredApiKey>;
  now: () => Date;
}

/** Revokes a key; a key that is revoked already stays as it is. @throws Problem `NOT_FOUND` */
export const revokeApiKey = async (id: string, { apiKeys, now }: RevokeTools): Promise<void> => {
  await changeDocument('API key', id, apiKeys, key =>
    key.revokedAt === undefined ? { ...key, revokedAt: now().toISOString() } : key,
  );
};
