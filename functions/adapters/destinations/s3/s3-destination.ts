import { plainRow } from '../../../../core/engines/activation/platforms/plain-row.ts';
import type { Sha256 } from '../../../../core/model/sha256.ts';
import type { Delivery, DeliveryTarget, Destination } from '../../../../core/ports/destination.ts';
import type { ObjectStore } from '../../../../core/ports/object-store.ts';
import type { DuckdbEngine } from '../../lake/duckdb.ts';
import { type DropRow, dropFile, dropKinds } from './drop-file.ts';

export interface DropTools {
  /** Asked for when the first file is written. */
  objects: () => Pick<ObjectStore, 'put'>;
  engine: Pick<DuckdbEngine, 'using'>;
  sha256: Sha256;
  now: () => number;
}

const replaceMinutes = 24 * 60;

const folderOf = ({ audienceId, place }: DeliveryTarget<'s3'>): string => `drops/${place.prefix}/${audienceId}`;

const rowsOf = ({ rows }: Delivery<'s3'>): DropRow[] =>
  rows.map(one => {
    const { operation, row } = one;
    const person = one.operation === 'add' ? plainRow(one.member) : { profileId: one.profileId };
    return { operation, row, ...person };
  });

/** The same rows make the same name: a file that is written again replaces itself. */
const nameOf = ({ rows }: Delivery<'s3'>, sha256: Sha256): string =>
  sha256(JSON.stringify(rows.map(({ row }) => row))).slice(0, 32);

const writeRows = async (delivery: Delivery<'s3'>, key: string, { objects, engine }: DropTools): Promise<string> => {
  const { extension, contentType } = dropKinds[delivery.place.format];
  const full = `${key}.${extension}`;
  await objects().put(full, await dropFile(rowsOf(delivery), delivery.place.format, engine), { contentType });
  return full;
};

/**
 * Files in the transfers bucket: `changes/<day>/<name>` of each delivery, and, of an exchange of everybody, parts below
 * `full/<session>/` that count as soon as `_complete.json` stands beside them.
 */
export const s3Destination = (tools: DropTools): Destination<'s3'> => ({
  deliver: async delivery => {
    if (delivery.rows.length === 0) return { refused: [] };
    const day = new Date(tools.now()).toISOString().slice(0, 10);
    const key = `${folderOf(delivery)}/changes/${day}/${nameOf(delivery, tools.sha256)}`;
    return { refused: [], remoteId: await writeRows(delivery, key, tools) };
  },
  replace: {
    begin: async (_target, rowsEstimated) => {
      const startedAt = new Date(tools.now()).toISOString();
      return { id: startedAt.replace(/[:.]/g, '-'), startedAt, minutesMax: replaceMinutes, rowsEstimated };
    },
    send: async (delivery, { session, sequence, last }) => {
      const folder = `${folderOf(delivery)}/full/${session.id}`;
      const part = `${folder}/part-${String(sequence).padStart(6, '0')}`;
      const remoteId = await writeRows(delivery, part, tools);
      if (last) {
        const told = { audienceId: delivery.audienceId, audienceName: delivery.audienceName, parts: sequence };
        const body = Buffer.from(JSON.stringify({ ...told, startedAt: session.startedAt }));
        await tools.objects().put(`${folder}/_complete.json`, body, { contentType: 'application/json' });
      }
      return { refused: [], remoteId };
    },
  },
});
