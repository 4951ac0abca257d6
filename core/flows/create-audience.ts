import type { Audience, AudienceWarning } from '../contract/audiences.ts';
import { Problem, unprocessable } from '../errors.ts';
import { whyNoEgress } from '../model/egress.ts';
import type { Platform } from '../model/platform-config.ts';
import type { Collection, Document } from '../ports/collection.ts';
import { type ConnectionTools, isConnected } from './connected-platforms.ts';

type NewAudience = Pick<Audience, 'name' | 'segmentIds' | 'platforms' | 'config'> &
  Pick<Audience, 'combine' | 'excludeSegmentIds' | 'holdoutPercent'> & { description?: string | undefined };

export interface CreateAudienceTools {
  audiences: Collection<Audience>;
  segments: Collection<Document>;
  newId: (prefix: string) => string;
  now: () => Date;
}

/** Makes an audience of segments that exist. @throws Problem `NOT_FOUND` @throws Problem `VALIDATION_FAILED` */
export const createAudience = async (
  given: NewAudience,
  egressAllow: readonly string[],
  tools: CreateAudienceTools,
): Promise<Audience> => {
  checkAddress(given.config.webhook?.url, egressAllow);
  const segmentIds = await knownSegments('segmentIds', given.segmentIds, tools.segments);
  const excludeSegmentIds = await knownSegments('excludeSegmentIds', given.excludeSegmentIds ?? [], tools.segments);
  const at = tools.now().toISOString();
  const audience: Audience = {
    ...given,
    segmentIds,
    excludeSegmentIds,
    platforms: [...new Set(given.platforms)],
    id: tools.newId('audience'),
    syncs: [],
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
  await tools.audiences.add(audience);
  return audience;
};

/** @throws Problem `VALIDATION_FAILED` for an address that must not be reached */
export const checkAddress = (url: string | undefined, egressAllow: readonly string[]): void => {
  const reason = url === undefined ? undefined : whyNoEgress(url, egressAllow);
  if (reason !== undefined) throw unprocessable('body.config.webhook.url', reason);
};

/** The ids, each once. @throws Problem `NOT_FOUND` naming those that there are not */
export const knownSegments = async (
  field: 'segmentIds' | 'excludeSegmentIds',
  ids: readonly string[],
  segments: Collection<Document>,
): Promise<string[]> => {
  const known = await Promise.all(ids.map(id => segments.get(id)));
  const details = ids.flatMap((id, index) =>
    known[index] ? [] : [{ path: `body.${field}.${index}`, reason: `there is no segment ${id}` }],
  );
  if (details.length > 0) throw new Problem('NOT_FOUND', 'A segment of the audience does not exist', details);
  return [...new Set(ids)];
};

/** What the caller should know: an audience may be made before a platform can be sent to, but not activated. */
export const audienceWarnings = async (
  { platforms, config }: Audience,
  tools: ConnectionTools,
): Promise<AudienceWarning[]> => {
  const warnings = await Promise.all(platforms.map(platform => warningsOf(platform, config, tools)));
  return warnings.flat();
};

const warningsOf = async (
  platform: Platform,
  config: Audience['config'],
  tools: ConnectionTools,
): Promise<AudienceWarning[]> => {
  const missing: AudienceWarning = { code: 'CONFIG_MISSING', message: `config.${platform} is needed for activation` };
  const unconnected: AudienceWarning = { code: 'NOT_CONNECTED', message: `${platform} is not connected yet` };
  return [
    ...(config[platform] === undefined ? [missing] : []),
    ...((await isConnected(platform, tools)) ? [] : [unconnected]),
  ];
};
