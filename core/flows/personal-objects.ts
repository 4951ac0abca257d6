import { asideChunksPrefix } from '../engines/lake/layout.ts';
import type { Question } from '../language/sql/question.ts';
import { matchKey } from '../model/identifier.ts';
import type { RequestSubject } from '../model/request-subject.ts';
import type { Collection } from '../ports/collection.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { PersonalFiles } from '../ports/personal-files.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { StoredJob } from './stored-job.ts';

export interface ObjectTools {
  lake: Pick<ObjectStore, 'list'>;
  seals: Pick<ProfileSeals, 'toOpen'>;
  queryEngine: QueryEngine;
  personalFiles: PersonalFiles;
  jobs: Pick<Collection<StoredJob>, 'get'>;
}

/** Whose: ids of profiles, and every text that they were known by. */
export interface Whose {
  profileIds: readonly string[];
  texts: readonly string[];
}

/** A store beside the table that holds personal data. What `sweep` does not do is done where the profile is swept. */
interface ObjectStoreEntry {
  sweep(whose: Whose, tools: ObjectTools): Promise<number>;
  /** Counts what is left. */
  verify(whose: Whose, tools: ObjectTools): Promise<number>;
}

const askSeconds = 60;
const nothing = async (): Promise<number> => 0;

const countedBy =
  (ids: readonly string[]): Question =>
  (_dialect, { text }) => ({
    text: `SELECT count(*) AS people FROM ${text} WHERE id IN (${ids.map(() => '?').join(', ')})`,
    values: [...ids],
  });

/** A file that is being imported is left until it is: its rows of erased people are refused. */
const isInWork = async (key: string, { jobs }: ObjectTools): Promise<boolean> => {
  const [kind, jobId = ''] = key.split('/');
  return kind === 'imports' && (await jobs.get(jobId))?.status === 'running';
};

/** Where else than in the table personal data is: how it is removed, and what is left. */
export const personalObjects: Readonly<Record<string, ObjectStoreEntry>> = {
  /** With its key nobody reads what the lake has of a profile, in whatever copy. */
  lakeKeys: {
    sweep: nothing,
    verify: async ({ profileIds }, { seals }) => (await seals.toOpen(profileIds)).size,
  },
  lakeAside: {
    sweep: nothing,
    verify: async ({ profileIds }, { lake }) => {
      let left = 0;
      for (const id of profileIds) for await (const _ of lake.list(asideChunksPrefix(id))) left += 1;
      return left;
    },
  },
  snapshot: {
    sweep: nothing,
    verify: async ({ profileIds }, { queryEngine }) => {
      if (profileIds.length === 0) return 0;
      const { rows } = await queryEngine.ask(countedBy(profileIds), askSeconds);
      return Number(rows[0]?.people ?? 0);
    },
  },
  transfers: {
    sweep: async ({ texts }, tools) => {
      const found = await tools.personalFiles.telling(texts);
      const inWork = await Promise.all(found.map(key => isInWork(key, tools)));
      const gone = found.filter((_, index) => !inWork[index]);
      await tools.personalFiles.remove(gone);
      return gone.length;
    },
    verify: async ({ texts }, { personalFiles }) => (await personalFiles.telling(texts)).length,
  },
};

/** Every text that people are known by: as it was given, and as it is matched. */
export const tellingTextsOf = ({ identifiers }: RequestSubject): string[] => [
  ...new Set(
    identifiers.flatMap(({ type, value }) => {
      const key = matchKey({ type, value });
      return [value.trim(), key.slice(key.indexOf('#') + 1)];
    }),
  ),
];

export const sweepObjects = async (whose: Whose, tools: ObjectTools): Promise<Record<string, number>> => {
  const swept: Record<string, number> = {};
  for (const [name, store] of Object.entries(personalObjects)) swept[name] = await store.sweep(whose, tools);
  return swept;
};

export const leftInObjects = async (whose: Whose, tools: ObjectTools): Promise<Record<string, number>> => {
  const left: Record<string, number> = {};
  for (const [name, store] of Object.entries(personalObjects)) left[name] = await store.verify(whose, tools);
  return left;
};
