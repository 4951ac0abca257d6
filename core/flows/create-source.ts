import type { RouteInput } from '../contract/route.ts';
import type { createSource as createSourceRoute, Source } from '../contract/sources.ts';
import { createApiKey } from './create-api-key.ts';
import { shownSource, sourceKey } from './list-sources.ts';

type Tools = Parameters<typeof createApiKey>[2];
type Context = Parameters<typeof createApiKey>[1];

/** Makes a write key under a name; the key itself is in this answer only. */
export const createSource = async (
  { name, kind }: RouteInput<typeof createSourceRoute>['body'],
  context: Omit<Context, 'sourceKind'>,
  tools: Tools,
): Promise<Source & { key: string }> => {
  const { id, key } = await createApiKey(
    { name, kind: 'write', fieldPolicy: {} },
    { ...context, sourceKind: kind },
    tools,
  );
  return { ...shownSource(await sourceKey(id, tools), undefined, tools.now()), key };
};
