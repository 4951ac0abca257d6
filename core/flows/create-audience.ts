import { type Audience, type AudienceWarning, isConnected, type PlatformName } from '../contract/audiences.ts';
import { Problem, unprocessable } from '../errors.ts';
import { whyNoEgress } from '../model/egress.ts';
import type { Collection, Document } from '../ports/collection.ts';

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
export const audienceWarnings = ({ platforms, config }: Audience): AudienceWarning[] =>
  platforms.flatMap(platform => warningOf(platform, config) ?? []);

const warningOf = (platform: PlatformName, config: Audience['config']): AudienceWarning | undefined => {
  if (!isConnected(platform)) return { code: 'NOT_CONNECTED', message: `${platform} cannot be activated yet` };
  if (config[platform] !== undefined) return undefined;
  return { code: 'CONFIG_MISSING', message: `config.${platform} is needed for activation` };
};
