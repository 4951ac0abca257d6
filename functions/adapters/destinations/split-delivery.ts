import type { PlatformFormat, PlatformRow, RowTools } from '../../../core/engines/activation/platforms/platform.ts';
import type { DeliveryOutcome, DeliveryRow } from '../../../core/ports/destination.ts';

/** A row to be sent, by the name of its line. */
export interface NamedRow {
  row: string;
  fields: PlatformRow;
}

export interface SplitDelivery {
  add: NamedRow[];
  /** Who is taken out, and what was sent of others that holds no more. */
  remove: NamedRow[];
  refused: DeliveryOutcome['refused'][number][];
}

/** What was sent of a person and is not sent any more, where the platform would keep it. */
const staleOf = (
  format: PlatformFormat,
  sent: PlatformRow | undefined,
  fields: PlatformRow,
): PlatformRow | undefined => {
  if (!sent || Object.keys(sent).length === 0) return undefined;
  const now = format.foundBy(fields);
  return Object.entries(sent).some(([name, value]) => now[name] !== value) ? sent : undefined;
};

/**
 * The rows of a delivery as the platform is sent them. `unsent` is what finds a person of whom no row is remembered.
 */
export const splitDelivery = (
  rows: readonly DeliveryRow[],
  format: PlatformFormat,
  tools: RowTools,
  unsent: (profileId: string) => PlatformRow | undefined,
): SplitDelivery => {
  const split: SplitDelivery = { add: [], remove: [], refused: [] };
  for (const one of rows) {
    if (one.operation === 'remove') {
      const fields = one.sent && Object.keys(one.sent).length > 0 ? one.sent : unsent(one.profileId);
      if (fields) split.remove.push({ row: one.row, fields });
      else
        split.refused.push({ row: one.row, reason: 'it is not remembered what the platform was sent of this person' });
      continue;
    }
    const fields = format.row(one.member, tools);
    if (!fields) {
      split.refused.push({ row: one.row, reason: 'nothing is known by which the platform finds this person' });
      continue;
    }
    const stale = staleOf(format, one.sent, fields);
    if (stale) split.remove.push({ row: one.row, fields: stale });
    split.add.push({ row: one.row, fields });
  }
  return split;
};
