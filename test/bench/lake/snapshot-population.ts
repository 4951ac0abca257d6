import { nothingPromoted, promotedColumns, snapshotColumns, tagColumn } from '../../../core/model/profile-snapshot.ts';
import type { SnapshotPart } from '../../../core/model/snapshot-part.ts';
import { columnsWith } from '../../../functions/adapters/lake/snapshot/snapshot-columns-sql.ts';

/** What has columns of its own, in the order of the columns. */
export const populationPromoted = { fields: ['plan', 'score', 'beta'], tags: ['vip', 'newsletter', 'new'] };

const idOf = "printf('profile-01jm%022d', i)";
const draw = (salt: number, end: number): string => `((hash(i * 31 + ${salt}) >> 1)::BIGINT % ${end})`;
const oneOf = (salt: number, values: readonly string[]): string =>
  `[${values.map(value => `'${value}'`).join()}][1 + ${draw(salt, values.length)}]`;
const instant = (salt: number): string => `epoch_ms(1740000000000 + ${draw(salt, 30_000_000_000)})`;

/** What the columns of a profile hold that tells of nobody; all others are missing. */
const made: Readonly<Record<string, string>> = {
  id: idOf,
  head_version: '1',
  life: "'live'",
  created_at: instant(1),
  updated_at: instant(2),
  events: draw(3, 50),
  ltv_cents: draw(4, 100_000),
  aov_cents: draw(5, 20_000),
  purchase_count: draw(6, 12),
  churn_risk: `${draw(7, 101)}::DOUBLE`,
  engagement_score: `${draw(8, 101)}::DOUBLE`,
  first_seen_at: instant(1),
  last_seen_at: instant(2),
  last_purchase_at: `CASE WHEN ${draw(6, 12)} > 0 THEN ${instant(9)} END`,
  person_version: '1',
  person_updated_at: instant(2),
  first_name: `'First' || ${draw(10, 5000)}`,
  last_name: `'Last' || ${draw(11, 50_000)}`,
  email: "'user' || i || '@example.com'",
  phone: "printf('+1555%07d', i)",
  company: `'Company ' || ${draw(12, 20_000)}`,
  language: oneOf(13, ['en', 'de', 'fr']),
  country: oneOf(14, ['US', 'GB', 'DE', 'FR', 'IN', 'AT']),
  city: `'City ' || ${draw(15, 3000)}`,
  postal_code: `${draw(16, 100_000)}::VARCHAR`,
  tags: `CASE ${draw(17, 4)} WHEN 0 THEN ['vip', 'newsletter'] WHEN 1 THEN ['new'] ELSE []::VARCHAR[] END`,
  custom_fields: `'{"plan":"' || ${oneOf(18, ['free', 'basic', 'pro', 'enterprise'])} || '","score":' || ${draw(19, 1000)} ||
    ',"beta":' || (${draw(20, 2)} = 0) || '}'`,
  consent_email: `${draw(21, 2)} = 0`,
  consent_sms: `${draw(22, 3)} = 0`,
  id_email: "'user' || i || '@example.com'",
  id_phone: "printf('+1555%07d', i)",
  id_customer: "'customer-' || i",
  id_devices: `['device-' || hash(i)]`,
};

/** Rows of a base for so many profiles, as SQL. */
export const populationRows = (profiles: number): string => {
  const types = columnsWith(nothingPromoted);
  const fixed = Object.keys(snapshotColumns).map(name => `${made[name] ?? `NULL::${types[name]}`} AS ${name}`);
  const [plan, score, beta] = [0, 1, 2].map(promotedColumns);
  const promoted = [
    `${oneOf(18, ['free', 'basic', 'pro', 'enterprise'])} AS ${plan?.text}`,
    `${draw(19, 1000)}::DOUBLE AS ${score?.number}`,
    `${draw(20, 2)} = 0 AS ${beta?.flag}`,
    `${draw(17, 4)} = 0 AS ${tagColumn(0)}`,
    `${draw(17, 4)} = 0 AS ${tagColumn(1)}`,
    `${draw(17, 4)} = 1 AS ${tagColumn(2)}`,
  ];
  return `SELECT ${[...fixed, ...promoted].join(', ')} FROM range(${profiles}) AS numbers(i)`;
};

/** What a purchase of every `each`th profile tells: its head; of every tenth of them also its person. */
export const changedParts = (profiles: number, each: number): SnapshotPart[] => {
  const parts: SnapshotPart[] = [];
  for (let index = 0; index < profiles; index += each) {
    const id = `profile-01jm${String(index).padStart(22, '0')}`;
    parts.push({
      id,
      head_version: 2,
      life: 'live',
      created_at: 1_740_000_000_000,
      updated_at: 1_771_000_000_000,
      events: 51,
      ltv_cents: 123_456,
      ltv_exact: null,
      aov_cents: 5_000,
      aov_exact: null,
      purchase_count: 12,
      churn_risk: 10,
      engagement_score: 90,
      first_seen_at: 1_740_000_000_000,
      last_seen_at: 1_771_000_000_000,
      last_purchase_at: 1_771_000_000_000,
    });
    if (index % (each * 10) === 0)
      parts.push({
        id,
        person_version: 2,
        person_updated_at: 1_771_000_000_000,
        country: 'US',
        tags: ['vip'],
        custom_fields: '{"plan":"pro","score":1,"beta":true}',
      });
  }
  return parts;
};
