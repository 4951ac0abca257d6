import type { SnapshotPart } from '../../../../../core/model/snapshot-part.ts';
import type { QueryEngine } from '../../../../../core/ports/query-engine.ts';

/** What a head tells at a version: enough to see which version a row is of. */
export const someHead = (
  id: string,
  head_version: number,
  life: 'live' | 'erased' | 'merged' = 'live',
): SnapshotPart =>
  life === 'live'
    ? {
        id,
        head_version,
        life,
        created_at: 1,
        updated_at: 1_000 + head_version,
        events: head_version,
        ltv_cents: head_version * 100,
      }
    : { id, head_version, life, updated_at: 1_000 + head_version };

/** What a person tells at a version. */
export const somePerson = (id: string, person_version: number): SnapshotPart => ({
  id,
  person_version,
  person_updated_at: 1_000,
  email: `${id}-${person_version}@example.com`,
  tags: ['vip', `v${person_version}`],
  custom_fields: `{"plan":"p${person_version}"}`,
});

/** What is shown of each profile. */
export interface ShownRow {
  id: string;
  events: number;
  email: string;
}

/** Everybody who is shown, in the order of their ids. */
export const shownRows = async (engine: QueryEngine): Promise<ShownRow[]> => {
  const { rows } = await engine.ask(
    (_dialect, profiles) => ({ text: `SELECT id, events, email FROM ${profiles.text} ORDER BY id`, values: [] }),
    20,
  );
  return rows as unknown as ShownRow[];
};

/** What should be shown after parts were told, in whatever order and however often: the newest of each kind. */
export const expectedRows = (parts: readonly SnapshotPart[]): ShownRow[] => {
  const heads = new Map<string, SnapshotPart>();
  const persons = new Map<string, SnapshotPart>();
  for (const part of parts) {
    const [known, version] = 'head_version' in part ? [heads, 'head_version'] : [persons, 'person_version'];
    const before = known.get(part.id);
    if (!before || Number(before[version]) < Number(part[version])) known.set(part.id, part);
  }
  return [...heads.values()]
    .flatMap(({ id, life, events }) => {
      const person = persons.get(id);
      return life === 'live' && person ? [{ id, events: Number(events), email: String(person.email) }] : [];
    })
    .sort((left, right) => (left.id < right.id ? -1 : 1));
};
