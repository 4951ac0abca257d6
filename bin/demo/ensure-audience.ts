import { ApiError } from '../../core/contract/api-error.ts';
import type { Audience } from '../../core/contract/audiences.ts';
import type { Client } from '../../core/contract/client.ts';
import { named } from './named.ts';

export const audienceName = 'Demo: High value, agreed to e-mail';

/** The audience, or why there is none. */
export type EnsuredAudience = { audience: Audience } | { refused: string };

interface Destination {
  url: string;
  /** Told the signing secret, which the platform says once, before anything is sent. */
  trust?: (secret: string) => void;
}

const create = async (client: Client, segmentId: string, { url, trust }: Destination): Promise<EnsuredAudience> => {
  const body = {
    name: audienceName,
    description: 'Made by cdp demo.',
    segmentIds: [segmentId],
    platforms: ['webhook' as const],
    config: { webhook: { url } },
  };
  try {
    const { signingSecret, ...audience } = await client.createAudience({ body });
    if (signingSecret !== undefined) trust?.(signingSecret);
    return { audience };
  } catch (failure) {
    // An address that the platform may not reach: everything else of the demo works without.
    if (failure instanceof ApiError && failure.status === 422) return { refused: failure.message };
    throw failure;
  }
};

/** Where to send, or why nowhere. */
type Place = Destination | { refused: string };

const find = async (client: Client): Promise<Audience | undefined> => {
  const found = await named(cursor => client.listAudiences({ query: { limit: 1000, cursor } }), [audienceName]);
  return found.get(audienceName);
};

/** The demo's audience, made and activated where it is not; one that is there stays as it is, wherever it is sent. */
export const ensureAudience = async (client: Client, segmentId: string, place: Place): Promise<EnsuredAudience> => {
  const there = await find(client);
  const made = (): EnsuredAudience | Promise<EnsuredAudience> =>
    'refused' in place ? place : create(client, segmentId, place);
  const ensured = there ? { audience: there } : await made();
  if ('refused' in ensured || ensured.audience.syncs.length > 0) return ensured;
  const params = { id: ensured.audience.id };
  await client.activateAudience({ params, body: { platform: 'webhook', operation: 'add' } });
  return ensured;
};
