import { type ActionSubject, bestActions as ranked } from '../engines/intelligence/best-actions.ts';
import { computedValues } from '../engines/profiles/computed-values.ts';
import { notFound, Problem } from '../errors.ts';
import { type ConsentChannel, consentChannels } from '../model/profile.ts';
import type { ProfileState } from '../model/profile-state.ts';
import {
  type ActionDriver,
  actionDrivers,
  actionsId,
  type NextAction,
  type StoredActions,
} from '../model/stored-actions.ts';
import { type Collection, type Document, DocumentChanged } from '../ports/collection.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileStore } from '../ports/profile-store.ts';
import { liveProfile } from './live-profile.ts';

export interface ActionTools {
  actions: Collection<StoredActions>;
  segments: Pick<Collection<Document>, 'get'>;
  profiles: Pick<ProfileStore, 'get'>;
  memberships: Pick<MembershipStore, 'ofProfile'>;
  settings: { mlPredictions: boolean };
  now: () => Date;
}

export const listActions = async ({ actions }: Pick<ActionTools, 'actions'>): Promise<NextAction[]> =>
  (await actions.get(actionsId))?.items ?? [];

/** @throws Problem `NOT_FOUND` for a segment, `CONFLICT` where somebody else was faster */
export const replaceActions = async (
  items: NextAction[],
  { actions, segments }: ActionTools,
): Promise<NextAction[]> => {
  for (const segmentId of new Set(items.flatMap(item => item.segmentId ?? [])))
    if (!(await segments.get(segmentId))) throw notFound('Segment', segmentId);
  const known = await actions.get(actionsId);
  const next = { id: actionsId, version: (known?.version ?? 0) + 1, items };
  try {
    await (known ? actions.replace(next) : actions.add(next));
  } catch (fault) {
    if (fault instanceof DocumentChanged)
      throw new Problem('CONFLICT', 'Somebody else has changed the catalogue; read it again');
    throw fault;
  }
  return items;
};

/** Predictions count while they are made; what was set by hand, and engagement, are known whoever says so. */
const knownOf = ({ head }: ProfileState, mlPredictions: boolean): ReadonlySet<ActionDriver> => {
  const { scores, overrides } = head.counters;
  const isKnown = (driver: ActionDriver) =>
    overrides[driver] !== undefined ||
    (driver === 'engagementScore' ? false : mlPredictions && scores?.[driver] !== undefined);
  return new Set(actionDrivers.filter(isKnown));
};

const consentsOf = ({ person }: ProfileState, now: number): ReadonlySet<ConsentChannel> =>
  new Set(
    consentChannels.filter(channel => {
      const state = person.consent[channel];
      return state?.granted === true && (state.expiresAt === undefined || state.expiresAt > now);
    }),
  );

/** @throws Problem `NOT_FOUND` */
export const bestActions = async (
  id: string,
  { channel, limit }: { channel?: ConsentChannel | undefined; limit: number },
  tools: ActionTools,
) => {
  const state = await liveProfile(id, tools.profiles);
  const memberships = await tools.memberships.ofProfile(state.id);
  const subject: ActionSubject = {
    computed: computedValues(state.head.counters),
    known: knownOf(state, tools.settings.mlPredictions),
    consents: consentsOf(state, tools.now().getTime()),
    segments: new Set(memberships.flatMap(({ segmentId, member }) => (member ? [segmentId] : []))),
  };
  const catalogue = (await listActions(tools)).filter(action => channel === undefined || action.channel === channel);
  const { actions, leftOut } = ranked(catalogue, subject);
  return { actions: actions.slice(0, limit), leftOut };
};
