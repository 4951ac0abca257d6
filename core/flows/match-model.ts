import { isFor, type KeptModel, modelFrom } from '../engines/identity/kept-model.ts';
import type { MatchModel } from '../engines/identity/match-model.ts';
import { priorModel } from '../engines/identity/prior-model.ts';
import { comparedKinds } from '../engines/identity/profile-record.ts';
import type { IdentityConfig } from '../model/identity-config.ts';
import type { StoredMatchModel } from '../model/stored-match-model.ts';
import type { Collection } from '../ports/collection.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type Cached, cached } from './cached.ts';

/** There is one. */
export const matchModelId = 'current';
const rememberSeconds = 60;

interface ModelTools {
  matchModels: Pick<Collection<StoredMatchModel>, 'get'>;
  lake: Pick<ObjectStore, 'get'>;
}

/** What two records are judged by, for a configuration. */
export type JudgeFor = (config: Pick<IdentityConfig, 'comparedCustomFields'>) => MatchModel;

/**
 * What was learnt last, as of at most a minute ago; before anything was, and where it was learnt for other attributes,
 * what is taken for true without.
 */
export const rememberedModel = (tools: ModelTools, now: () => Date): Cached<JudgeFor> => {
  let known: { version: number; kept: KeptModel; model: MatchModel } | undefined;
  const load = async (): Promise<JudgeFor> => {
    const stored = await tools.matchModels.get(matchModelId);
    if (stored && stored.version !== known?.version) {
      const kept = await readModel(stored.key, tools.lake);
      // One that is replaced this very moment is read with the next look.
      if (kept) known = { version: stored.version, kept, model: modelFrom(kept) };
    }
    return config => {
      const kinds = comparedKinds(config);
      return known && isFor(known.kept, kinds) ? known.model : priorModel(kinds);
    };
  };
  return cached(load, rememberSeconds, now);
};

const readModel = async (key: string, lake: ModelTools['lake']): Promise<KeptModel | undefined> => {
  const object = await lake.get(key);
  return object && (JSON.parse(new TextDecoder().decode(object.body)) as KeptModel);
};
