import {
  changedSince,
  isWorthScanning,
  type ScanPage,
  scanEvents,
  scanPartOf,
  worthLooking,
} from '../engines/segments/worth-looking.ts';
import type { Condition } from '../language/condition.ts';
import { emptySnapshot, type SnapshotManifest } from '../model/snapshot-manifest.ts';
import type { Collection } from '../ports/collection.ts';
import { type QueryEngine, QueryOverBudget } from '../ports/query-engine.ts';
import type { RecentProfiles } from '../ports/recent-profiles.ts';

export interface ScanTools {
  snapshots: Pick<Collection<SnapshotManifest>, 'get'>;
  queryEngine: QueryEngine;
  recent: Pick<RecentProfiles, 'ids'>;
  now: () => Date;
}

/** Ids that were found, and behind which of them to go on. */
interface Found {
  ids: string[];
  next: string | undefined;
}

/** So many ids are told by one scan, and so many are worked at a time: what is told is never more than fits. */
const [toldAtOnce, pageSize] = [20_000, 200];
/** Leaves a worker the time to go another way. */
const budgetSeconds = 15;
const recentMax = 500;

/** Does a snapshot stand in which a condition can be asked of everybody? */
export const canScan = async (condition: Condition, { snapshots }: ScanTools): Promise<boolean> =>
  isWorthScanning(condition) && (await snapshots.get(emptySnapshot.id))?.base !== undefined;

type AskPage = (page: ScanPage) => Promise<string[]>;

/** Ids in their order, page by page; a scan is asked when what the one before has told is used up. */
const inPages = (part: number, ask: AskPage, { now }: ScanTools) => {
  let told: string[] = [];
  let isLast = false;
  return async (after: string): Promise<Found> => {
    told = told.filter(id => id > after);
    if (told.length < pageSize && !isLast) {
      told = await ask({ part, after, limit: toldAtOnce, now: now().getTime() });
      isLast = told.length < toldAtOnce;
    }
    const ids = told.slice(0, pageSize);
    return { ids, next: ids.length < pageSize ? undefined : ids.at(-1) };
  };
};

const idsOf = (rows: readonly Record<string, unknown>[]): string[] => rows.map(({ id }) => String(id));

/**
 * Whom it is worth to look at, part by part: whoever the snapshot tells may be meant, and with the first page whoever a
 * request has changed of whom it was not told yet. `undefined`: that took more than it may, and somebody has to look at
 * everybody.
 */
export const scanPages = (condition: Condition, part: number, tools: ScanTools) => {
  const ask: AskPage = async page => {
    const events = scanEvents(condition, page.now);
    return idsOf((await tools.queryEngine.ask(worthLooking(condition, page), budgetSeconds, undefined, events)).rows);
  };
  const find = inPages(part, ask, tools);
  return async (after: string): Promise<Found | undefined> => {
    /** In this order: what is not noted any more stands in the snapshot that is asked. */
    const noted = after === '' ? (await tools.recent.ids(recentMax)).filter(id => scanPartOf(id) === part) : [];
    try {
      const { ids, next } = await find(after);
      return { ids: [...new Set([...noted, ...ids])], next };
    } catch (fault) {
      if (fault instanceof QueryOverBudget) return undefined;
      throw fault;
    }
  };
};

/** Who has changed since an instant (epoch ms), part by part. */
export const changedPages = (since: number, part: number, tools: ScanTools) =>
  inPages(
    part,
    async page => idsOf((await tools.queryEngine.ask(changedSince(since, page), budgetSeconds)).rows),
    tools,
  );
