import type { GateSubject } from '../engines/activation/consent-gate.ts';
import type { Question } from '../language/sql/question.ts';
import { consentChannels } from '../model/profile.ts';
import { consentColumn } from '../model/profile-snapshot.ts';
import type { ConsentState } from '../model/profile-state.ts';
import type { QueryEngine } from '../ports/query-engine.ts';

/** A page of people as the snapshot knows them. */
export interface SnapshotPage {
  people: GateSubject[];
  /** Epoch ms of the newest change that it knows. */
  asOf: number;
}

const pageSize = 20_000;
const budgetSeconds = 60;
const texts = {
  firstName: 'first_name',
  lastName: 'last_name',
  country: 'country',
  state: 'state',
  city: 'city',
  postalCode: 'postal_code',
  birthDate: 'birth_date',
  gender: 'gender',
} as const;
const identifiers = { email: 'id_email', phone: 'id_phone', customerId: 'id_customer' } as const;
const consents = consentChannels.map(channel => [channel, consentColumn(channel)] as const);
const columns = [...Object.values(texts), ...Object.values(identifiers), ...consents.map(([, column]) => column)];

const pageAfter =
  (after: string): Question =>
  (_dialect, { text }) => ({
    text: `SELECT id, ${columns.join(', ')} FROM ${text} WHERE id > ? ORDER BY id LIMIT ${pageSize}`,
    values: [after],
  });

type Row = Record<string, unknown>;

const namedIn = <Name extends string>(
  row: Row,
  names: Readonly<Record<Name, string>>,
): Partial<Record<Name, string>> => {
  const found: Partial<Record<Name, string>> = {};
  for (const name in names) {
    const value = row[names[name]];
    if (typeof value === 'string' && value !== '') found[name] = value;
  }
  return found;
};

/** The snapshot knows what was said, not what shows it: that is looked at when somebody is sent. */
const saidIn = (row: Row): GateSubject['consents'] => {
  const said: GateSubject['consents'] = {};
  for (const [channel, column] of consents) {
    const granted = row[column];
    if (typeof granted === 'boolean') said[channel] = { granted, ...ofSnapshot };
  }
  return said;
};
const ofSnapshot: Pick<ConsentState, 'at' | 'id' | 'source'> = { at: 0, id: 'snapshot', source: 'snapshot' };

const personIn = (row: Row): GateSubject => ({
  profile: {
    id: String(row.id),
    externalIds: namedIn(row, identifiers),
    attributes: { ...namedIn(row, texts), tags: [], customFields: {} },
  },
  consents: saidIn(row),
  suppressed: false,
});

/** Everybody, as the snapshot and what was told since know them, a page after the other. */
export async function* snapshotPeople(queryEngine: QueryEngine): AsyncGenerator<SnapshotPage> {
  let after = '';
  for (;;) {
    const { rows, asOf } = await queryEngine.ask(pageAfter(after), budgetSeconds);
    if (rows.length > 0) yield { people: rows.map(personIn), asOf };
    if (rows.length < pageSize) return;
    after = String(rows.at(-1)?.id);
  }
}
