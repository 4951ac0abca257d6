import { candidatePairs } from '../engines/identity/candidate-pairs.ts';
import { keptModel } from '../engines/identity/kept-model.ts';
import { learnModel } from '../engines/identity/match-model.ts';
import { comparedKinds } from '../engines/identity/profile-record.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { StoredMatchModel } from '../model/stored-match-model.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { Cached } from './cached.ts';
import { matchModelId } from './match-model.ts';
import { samplePeople } from './sample-people.ts';

interface LearnTools {
  queryEngine: QueryEngine;
  identityConfig: Cached<IdentityConfig>;
  matchModels: Collection<StoredMatchModel>;
  lake: Pick<ObjectStore, 'put' | 'delete'>;
  now: () => Date;
}

/** With fewer records little is learnt: what is taken for true without says more. */
const recordsMin = 1000;
const recordsMax = 50_000;
/** So old a model may be, and so much smaller what it was learnt from. */
const [ageMaxHours, growthMin] = [24, 1.2];

/** Learns what two people are judged by from a sample of all of them, where that is due. Returns what was learnt. */
export const learnIdentity = async (tools: LearnTools): Promise<StoredMatchModel | undefined> => {
  const config = await tools.identityConfig.get();
  const before = await tools.matchModels.get(matchModelId);
  const { records, of } = await samplePeople(tools.queryEngine, config, recordsMax);
  const at = tools.now();
  if (records.length < recordsMin || (before && !isDue(before, records.length, at))) return undefined;
  const kinds = comparedKinds(config);
  const { model } = learnModel(records, kinds, candidatePairs(records, kinds));
  const version = (before?.version ?? 0) + 1;
  const key = `identity/model-${String(version).padStart(9, '0')}-${at.getTime()}.json`;
  await tools.lake.put(key, new TextEncoder().encode(JSON.stringify(keptModel(model, kinds, records.length / of))));
  const after = { id: matchModelId, version, key, records: records.length, learntAt: at.toISOString() };
  if (!(await isKept(after, tools))) {
    await tools.lake.delete([key]);
    return undefined;
  }
  if (before) await tools.lake.delete([before.key]);
  return after;
};

const isDue = ({ learntAt, records }: StoredMatchModel, now: number, at: Date): boolean =>
  at.getTime() - Date.parse(learntAt) >= ageMaxHours * 3_600_000 || now > records * growthMin;

const isKept = async (after: StoredMatchModel, { matchModels }: LearnTools): Promise<boolean> => {
  try {
    await (after.version === 1 ? matchModels.add(after) : matchModels.replace(after));
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
