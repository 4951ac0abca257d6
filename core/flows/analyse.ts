import type { Asked, PassName, Sums } from '../engines/columns/passes.ts';
import type { FieldPolicy } from '../model/caller.ts';
import type { LakeVersion, TouchName } from '../model/lake-version.ts';
import type { PackedCodes } from '../model/packed-columns.ts';
import type { QuestionBudget } from '../model/question-budget.ts';
import type { StoredSchema } from '../model/stored-schema.ts';
import type { Collection } from '../ports/collection.ts';
import type { EventColumns } from '../ports/event-columns.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type ChoosingTools, chosenPeople, type PeopleWanted } from './chosen-people.ts';
import { daysOf, type ReportingRange } from './reporting-range.ts';

type WithoutPeople<Name extends PassName> = Omit<Asked<Name>, 'people' | 'collect'>;

/** A question of the lake: one pass, and what its sums are told as. */
export interface Analysis<Name extends PassName, Data> {
  pass: Name;
  asked: WithoutPeople<Name>;
  /** Which events are read. */
  range: ReportingRange;
  touch?: TouchName;
  people: PeopleWanted;
  /** Where the request names things: `body` or `query`. */
  part: string;
  /** Whatever else the answer depends on. */
  told: unknown;
  /** @throws Problem where the request names what no event has */
  finish: (found: Found<Name>) => Data;
}

export interface Found<Name extends PassName> {
  sums: Sums<Name>;
  codes: PackedCodes;
  /** The types of events that the tracking plan knows. */
  planned: ReadonlySet<string>;
  /** What the groups of people are called; one of no name where they are not divided. */
  groups: readonly string[];
  /** What tells who is behind a figure. */
  handleOf: (cell: NonNullable<CollectOf<Name>>) => string;
}
type CollectOf<Name extends PassName> = Asked<Name> extends { collect?: infer Cell } ? Cell : never;

/** An analysis as it is kept with its answer. */
export interface StoredAnalysis {
  pass: PassName;
  asked: unknown;
  version: LakeVersion;
  /** How many groups people are in, where they are; who is in which stands beside it. */
  groups?: number;
  /** The field of profiles that it is divided by. */
  breakdown?: string;
  /** What the handles of figures mean, by place. */
  cells: unknown[];
  data: unknown;
}

export interface AnalysisTools extends ChoosingTools {
  schemas: Pick<Collection<StoredSchema>, 'all'>;
  eventColumns: EventColumns;
  transfers: Pick<ObjectStore, 'get' | 'put'>;
  digest: (text: string) => string;
}

export interface AnalysisAnswer<Data> {
  data: Data;
  meta: { asOf: string; cached: boolean };
}

/** Raised when answers change their form: what was kept in an older one is not found any more. */
const format = 1;
const idLength = 32;

export const analysisKey = (id: string): string => `analyses/${id}`;
export const groupsKey = (id: string): string => `analyses/${id}-groups`;

/**
 * Answers from what was kept, where the same was asked of the same data; else reads the lake, and keeps the answer with
 * what its figures are made of.
 *
 * @throws QueryOverBudget @throws QueryStopped @throws Problem
 */
export const analyse = async <Name extends PassName, Data>(
  analysis: Analysis<Name, Data>,
  { budget, fieldPolicy }: { budget: QuestionBudget; fieldPolicy: FieldPolicy },
  tools: AnalysisTools,
): Promise<AnalysisAnswer<Data>> => {
  const { pass, asked, people, part } = analysis;
  const version = await tools.eventColumns.version(daysOf(analysis.range), analysis.touch);
  /** Where there is nothing at all, that is so now. */
  const asOf = new Date(version.asOf === 0 ? tools.now().getTime() : version.asOf).toISOString();
  const meta = (cached: boolean) => ({ asOf, cached });
  const chosen = await chosenPeople(people, { part, fieldPolicy, reading: () => budget.reading() }, tools);
  const named = [
    format,
    pass,
    asked,
    analysis.told,
    people,
    version.id,
    chosen ? tools.digest(JSON.stringify(chosen)) : '',
  ];
  const id = tools.digest(JSON.stringify(named)).slice(0, idLength);
  const kept = await storedAnalysis(id, tools);
  if (kept) return { data: kept.data as Data, meta: meta(true) };
  const groups = chosen && (await tools.eventColumns.groups(version, chosen.idsOf, chosen.others, budget.reading()));
  const divided = groups && chosen ? { people: { of: groups, count: chosen.names.length } } : {};
  const found = await tools.eventColumns.pass(version, pass, { ...asked, ...divided } as Asked<Name>, budget.reading());
  const cells: unknown[] = [];
  const handleOf = (cell: unknown): string => `${id}.${cells.push(cell) - 1}`;
  const planned = new Set((await tools.schemas.all()).map(schema => schema.id));
  const data = analysis.finish({ ...found, planned, groups: chosen?.names ?? [''], handleOf });
  if (groups) await tools.transfers.put(groupsKey(id), groups.slice());
  const stored: StoredAnalysis = {
    ...{ pass, asked, version, cells, data },
    ...(chosen ? { groups: chosen.names.length } : {}),
    ...(people.breakdown === undefined ? {} : { breakdown: people.breakdown }),
  };
  await tools.transfers.put(analysisKey(id), new TextEncoder().encode(JSON.stringify(stored)));
  return { data, meta: meta(false) };
};

export const storedAnalysis = async (
  id: string,
  { transfers }: { transfers: Pick<ObjectStore, 'get'> },
): Promise<StoredAnalysis | undefined> => {
  const found = await transfers.get(analysisKey(id));
  return found && (JSON.parse(new TextDecoder().decode(found.body)) as StoredAnalysis);
};
