import type { RouteInput } from '../contract/route.ts';
import type { Source, updateSource as updateSourceRoute } from '../contract/sources.ts';
import { notFound } from '../errors.ts';
import { sameValue } from '../model/same-value.ts';
import type { StoredApiKey } from '../model/stored-api-key.ts';
import { changeDocument } from './change-document.ts';
import { isSource, type SourceTools, shownSource } from './list-sources.ts';

type Patch = RouteInput<typeof updateSourceRoute>['body'];

/** Names a source anew, enables or disables it; what says the same changes nothing. @throws Problem `NOT_FOUND` */
export const updateSource = async (id: string, patch: Patch, tools: SourceTools): Promise<Source> => {
  const { apiKeys, sourceActivity, now } = tools;
  const key = await changeDocument('Source', id, apiKeys, before => {
    if (!isSource(before)) throw notFound('Source', id);
    const after = patched(before, patch, now().toISOString());
    return sameValue(before, after) ? before : after;
  });
  return shownSource(key, await sourceActivity.get(id), now());
};

const patched = (key: StoredApiKey, { name = key.name, kind, enabled }: Patch, at: string): StoredApiKey => {
  const { disabledAt, ...rest } = key;
  const sourceKind = kind ?? key.sourceKind;
  const off = (enabled ?? disabledAt === undefined) ? undefined : (disabledAt ?? at);
  return {
    ...rest,
    name,
    ...(sourceKind === undefined ? {} : { sourceKind }),
    ...(off === undefined ? {} : { disabledAt: off }),
  };
};
