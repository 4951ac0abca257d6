import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BatchIds } from '../../core/ports/batch-store.ts';
import type { Keyring } from '../../core/ports/outlets.ts';

const sealCharacters = 22;
const pattern = /^((batch-[0-9a-z]{26})-([0-9a-z]{1,6})-([0-9a-z]{1,9}))-([\w-]{22})$/;

/** `batch-<ULID>-<accepted>-<epoch ms>-<seal>`, numbers in base 36; the seal (HMAC-SHA256, 132 bits) tells ours from others. */
export const sealedBatchIds = (keyring: Keyring): BatchIds => {
  const sealOf = async (text: string): Promise<string> =>
    createHmac('sha256', await keyring.derive('batch-id'))
      .update(text)
      .digest('base64url')
      .slice(0, sealCharacters);
  return {
    seal: async ({ batchId, accepted, at }) => {
      const text = `${batchId}-${accepted.toString(36)}-${at.toString(36)}`;
      return `${text}-${await sealOf(text)}`;
    },
    open: async id => {
      const [, text = '', batchId = '', accepted = '', at = '', seal = ''] = pattern.exec(id) ?? [];
      if (text === '' || !timingSafeEqual(Buffer.from(seal), Buffer.from(await sealOf(text)))) return undefined;
      return { batchId, accepted: Number.parseInt(accepted, 36), at: Number.parseInt(at, 36) };
    },
  };
};
