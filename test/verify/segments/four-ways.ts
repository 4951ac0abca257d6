import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { profileView } from '../../../core/engines/profiles/profile-view.ts';
import { SegmentIndex } from '../../../core/engines/segments/segment-index.ts';
import { profileParts } from '../../../core/flows/profile-parts.ts';
import { rewriteSnapshot } from '../../../core/flows/rewrite-snapshot.ts';
import { checkCondition } from '../../../core/language/check-condition.ts';
import type { Compiled } from '../../../core/language/compile.ts';
import { type Comparison, type Condition, isComparison, isGroup, leavesOf } from '../../../core/language/condition.ts';
import { explain } from '../../../core/language/explain.ts';
import { readPath } from '../../../core/language/read-path.ts';
import { conditionSql } from '../../../core/language/sql/condition-sql.ts';
import type { SqlDialect } from '../../../core/language/sql/sql-dialect.ts';
import { sqlDialects } from '../../../core/language/sql/sql-dialect.ts';
import type { SqlValue } from '../../../core/language/sql/statement.ts';
import type { Subject } from '../../../core/language/subject.ts';
import type { Promoted } from '../../../core/model/profile-snapshot.ts';
import { emptySnapshot } from '../../../core/model/snapshot-manifest.ts';
import { athenaProfiles } from '../../../functions/adapters/lake/athena/athena-profiles.ts';
import { trinoMacros, useTrinoNames } from '../../../functions/adapters/lake/athena/trino-macros.ts';
import { seededRandom } from '../../fixtures/seeded-random.ts';
import { type SnapshotLake, snapshotLake } from '../../fixtures/snapshot-lake.ts';
import { type PlainPerson, plainlyMatches } from '../../simulation/plain-rule.ts';
import { conditionOf, someNow } from './random-conditions.ts';
import { personOf, type RandomPerson } from './random-people.ts';

export interface FourWays {
  trees: number;
  pairs: number;
  /** How many of the pairs hold. */
  held: number;
  /** Trees of which at least one person differs between two of the ways. */
  findings: string[];
  /** How often each operator met each kind of value, and how often it held. */
  met: Map<string, { cases: number; held: number }>;
}

const [treesAtOnce, peopleCount] = [20, 60];
const table = { name: 'profiles', bucket: 'bucket' };
const handSegment = 'segment-hand';

/** What kind of value a comparison met. */
const kindMet = (actual: unknown, { operator, value }: Comparison): string => {
  if (actual === undefined) return 'missing';
  if (actual === null) return 'null';
  if (Array.isArray(actual)) return 'array';
  const [one] = operator === 'within_last' ? ['a date'] : [value].flat();
  return one === undefined || typeof actual === typeof one ? 'present' : 'wrong type';
};

const plainPersonOf = ({ state, events }: RandomPerson, isIn: boolean): PlainPerson => {
  const view = profileView(state);
  return { read: field => readPath(view, field), events, isIn: id => isIn && id === handSegment, now: someNow };
};

const literal = (value: SqlValue): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);

/** Values in the places of `?`, as Athena does it; what stands in quotes is text. */
const withValues = (text: string, values: readonly SqlValue[]): string => {
  let place = 0;
  return text.replaceAll(/'(?:[^']|'')*'|\?/g, found => (found === '?' ? literal(values[place++] ?? '') : found));
};

interface Scene {
  people: RandomPerson[];
  lake: SnapshotLake;
  events: string;
  members: string;
  hands: ReadonlySet<string>;
  close(): Promise<void>;
}

const openScene = async (seed: number): Promise<Scene> => {
  const random = seededRandom(seed);
  const people = Array.from({ length: peopleCount }, (_, number) => personOf(number, random));
  const lake = await snapshotLake();
  const parts = people.flatMap(({ state }) => profileParts(state));
  await lake.parts.add({ shard: 'shard-1', first: '1', last: '1' }, parts);
  await rewriteSnapshot(lake.rewriting());
  const folder = await mkdtemp(join(tmpdir(), 'cdp-four-ways-'));
  const file = async (name: string, rows: readonly unknown[], columns: string) => {
    const path = join(folder, name);
    await writeFile(path, rows.map(row => JSON.stringify(row)).join('\n'));
    return `read_json('${path}', format = 'newline_delimited', columns = ${columns})`;
  };
  const rows = people.flatMap(({ state, events }) =>
    events.map(({ id, type, at, source, properties }) => ({
      profile_id: state.id,
      event_id: id,
      type,
      happened_at: at,
      source,
      properties: JSON.stringify(properties),
    })),
  );
  const hands = new Set(people.filter(() => random.chance(0.5)).map(({ state }) => state.id));
  const events = await file(
    'events.json',
    rows,
    "{profile_id: 'VARCHAR', event_id: 'VARCHAR', type: 'VARCHAR', happened_at: 'BIGINT', source: 'VARCHAR', properties: 'VARCHAR'}",
  );
  const members = await file(
    'members.json',
    [...hands].map(id => ({ profile_id: id, segment_id: handSegment })),
    "{profile_id: 'VARCHAR', segment_id: 'VARCHAR'}",
  );
  const close = async () => {
    await lake.close();
    await rm(folder, { recursive: true });
  };
  return { people, lake, events, members, hands, close };
};

/** One statement that tells of everybody which trees hold. */
const selecting = (
  trees: readonly Condition[],
  scene: Scene,
  dialect: SqlDialect,
  from: { text: string; promoted: Promoted },
) => {
  const context = {
    dialect,
    promoted: from.promoted,
    id: 'id',
    events: scene.events,
    members: scene.members,
    now: someNow,
  };
  const columns = trees.map(tree => conditionSql(tree, context));
  const text = columns.map((column, place) => `${column.text} AS c${place}`).join(', ');
  return { text: `SELECT id, ${text} FROM ${from.text} ORDER BY id`, values: columns.flatMap(({ values }) => values) };
};

type Row = Record<string, unknown>;
const heldIn = (rows: readonly Row[], id: string, place: number): unknown =>
  rows.find(row => row.id === id)?.[`c${place}`];

/** Trees against people in every way: in process one by one and all at once, explained, in the SQL of both engines, and plainly. */
export const fourWays = async (treesCount: number, seed: number): Promise<FourWays> => {
  const result: FourWays = { trees: 0, pairs: 0, held: 0, findings: [], met: new Map() };
  const scene = await openScene(seed);
  const random = seededRandom(seed ^ 0x51e5);
  try {
    while (result.trees < treesCount) {
      const trees = Array.from({ length: treesAtOnce }, () => conditionOf(random, { segments: [handSegment] }));
      const bare = random.chance(0.5);
      const promotedOf = (promoted: Promoted): Promoted => (bare ? { fields: [], tags: [] } : promoted);
      const { rows: duckdb } = await scene.lake.engine.ask(
        (dialect, profiles) =>
          selecting(trees, scene, dialect, { ...profiles, promoted: promotedOf(profiles.promoted) }),
        60,
      );
      const manifest = (await scene.lake.snapshots.get(emptySnapshot.id)) ?? emptySnapshot;
      const everybody = athenaProfiles(manifest, table);
      const { text, values } = selecting(trees, scene, sqlDialects.athena, {
        ...everybody,
        promoted: promotedOf(everybody.promoted),
      });
      const athena = await scene.lake.askFiles(
        [manifest.base, manifest.delta],
        table,
        [...trinoMacros, useTrinoNames],
        withValues(text, values),
      );
      compareWays(trees, scene, { duckdb, athena }, result);
      result.trees += trees.length;
    }
    return result;
  } finally {
    await scene.close();
  }
};

const compareWays = (
  trees: readonly Condition[],
  scene: Scene,
  rows: { duckdb: Row[]; athena: Row[] },
  result: FourWays,
): void => {
  const index = new SegmentIndex(trees);
  for (const person of scene.people) {
    const { id } = person.state;
    const isIn = scene.hands.has(id);
    const values = index.slots.valuesIn(profileView(person.state));
    const subject: Subject = {
      values,
      events: person.events,
      segments: new Set(isIn ? [handSegment] : []),
      now: someNow,
    };
    const holding = index.holding(subject);
    const plain = plainPersonOf(person, isIn);
    trees.forEach((tree, place) => {
      const compiled = index.definitions[place]?.compiled as Compiled;
      const explained = explain(compiled, subject);
      const told = {
        plainly: plainlyMatches(tree, plain),
        process: compiled.holds(subject),
        index: holding[place] === 1,
        explained: explained.holds,
        duckdb: heldIn(rows.duckdb, id, place),
        athena: heldIn(rows.athena, id, place),
      };
      result.pairs += 1;
      if (told.plainly) result.held += 1;
      if (new Set(Object.values(told)).size > 1) {
        result.findings.push(
          `${id}: ${JSON.stringify(tree)} ${JSON.stringify(told)} ${JSON.stringify(explained.tree)}`,
        );
      }
      for (const leaf of leavesOf(tree).filter(isComparison)) note(leaf, plain, result);
    });
  }
  const faults = trees.flatMap(tree => (isGroup(tree) ? checkCondition(tree, 'rules') : []));
  result.findings.push(...faults.map(({ path, reason }) => `${path} ${reason}`));
};

const note = (leaf: Comparison, person: PlainPerson, { met }: FourWays): void => {
  const name = `${leaf.operator} ${kindMet(person.read(leaf.field), leaf)}`;
  const known = met.get(name) ?? { cases: 0, held: 0 };
  known.cases += 1;
  if (plainlyMatches(leaf, person)) known.held += 1;
  met.set(name, known);
};
