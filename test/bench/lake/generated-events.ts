import { channels } from '../../../core/model/channel.ts';
import { lakeEventColumns } from '../../../core/model/lake-event.ts';
import type { MergedFile } from '../../../core/model/lake-partition.ts';
import { type LakeSession, quoted } from '../../../functions/adapters/lake/write/lake-session.ts';
import { spanColumns, spanIn } from '../../../functions/adapters/lake/write/merge-hot.ts';

const midnight = Date.parse('2026-02-15T00:00:00Z') * 1000;
const dayMicroseconds = 86_400_000_000;
/** How many events each person has on average. */
const eventsEach = 10;
const types = [
  'page_view',
  'page_view',
  'page_view',
  'product_view',
  'product_view',
  'add_to_cart',
  'email_open',
  'purchase',
];

const draw = (salt: number, end: number): string => `((hash(i * 31 + ${salt}) >> 1)::BIGINT % ${end})`;
const isPurchase = `${draw(2, types.length)} = ${types.length - 1}`;
const random = (salt: number): string => `md5((i * 7 + ${salt})::VARCHAR)`;

const receivedAt = `make_timestamp(${midnight} + ${draw(5, dayMicroseconds / 1000)} * 1000 + 2000000)`;
/** The ten letters of a ULID that tell its time. */
const lettersOf = (milliseconds: string): string => {
  const letters = Array.from({ length: 10 }, (_, place) => {
    const value = `((${milliseconds} >> ${5 * (9 - place)}) & 31)`;
    return `substr('0123456789abcdefghjkmnpqrstvwxyz', ${value} + 1, 1)`;
  });
  return letters.join(' || ');
};

/** What each column of event number `i` holds, of so many events in all; sealed bytes cannot be told from chance. */
const made = (events: number): Record<keyof typeof lakeEventColumns, string> => ({
  profileId: `'profile-01jk' || lpad(${draw(1, Math.max(1, Math.floor(events / eventsEach)))}::VARCHAR, 22, '0')`,
  version: draw(3, 40),
  eventId: `'event-' || ${lettersOf(`epoch_ms(${receivedAt})`)} || lpad(i::VARCHAR, 16, '0')`,
  messageId: random(4),
  type: `[${types.map(quoted).join()}][1 + ${draw(2, types.length)}]`,
  timestamp: `make_timestamp(${midnight} + ${draw(5, dayMicroseconds / 1000)} * 1000)`,
  receivedAt,
  committedAt: `make_timestamp(${midnight} + ${draw(5, dayMicroseconds / 1000)} * 1000 + 5000000)`,
  source: `'web'`,
  sessionId: `'session-' || ${draw(6, events)}`,
  device: `substr(md5(${draw(1, events)}::VARCHAR), 1, 16)`,
  orderId: `CASE WHEN ${isPurchase} THEN 'order-' || i END`,
  amountMinor: `CASE WHEN ${isPurchase} THEN ${draw(7, 50_000)} END`,
  amount: `CASE WHEN ${isPurchase} THEN ${draw(7, 50_000)}::DECIMAL(28,10) / 100 END`,
  currency: `CASE WHEN ${isPurchase} THEN 'USD' END`,
  channel: `[${channels.map(quoted).join()}][1 + ${draw(8, channels.length)}]`,
  properties: `'{"url":"https://shop.test/p/' || ${draw(9, 5000)} || '","productId":"SKU-' || ${draw(9, 5000)} || '"}'`,
  context: `'{"locale":"en-GB","page":{"path":"/p/' || ${draw(9, 5000)} || '"}}'`,
  sealed: `unhex(${[11, 12, 13, 14, 15, 16, 17, 18].map(random).join(' || ')})`,
});

const parquet = 'FORMAT PARQUET, COMPRESSION ZSTD, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 8192';

/** Files of one day as the merge writes them, `events` rows in all. */
export const generatedFiles = async (session: LakeSession, events: number, rowsEach: number): Promise<MergedFile[]> => {
  const columns = Object.entries(made(events)).map(([name, value]) => {
    const type = lakeEventColumns[name as keyof typeof lakeEventColumns];
    return `(${value})::${type} AS "${name}"`;
  });
  const files: MergedFile[] = [];
  for (let start = 0; start < events; start += rowsEach) {
    const path = session.path('generated.parquet');
    const rows = `SELECT ${columns.join(', ')} FROM range(${start}, ${Math.min(events, start + rowsEach)}) t(i)`;
    await session.run(`COPY (${rows} ORDER BY "profileId", "timestamp", "eventId") TO ${quoted(path)} (${parquet})`);
    const [spanned] = await session.rows(`SELECT ${spanColumns} FROM read_parquet(${quoted(path)})`);
    const span = spanIn(spanned, false);
    files.push({ ...span, ...(await session.keep(path, `merged/dt=2026-02-15/bench-${start}.parquet`, span.rows)) });
    await session.discard(path);
  }
  return files;
};
