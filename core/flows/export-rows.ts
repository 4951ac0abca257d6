import { TrackedEvent } from '../contract/events.ts';
import { projectFields } from '../contract/project-fields.ts';
import { trackedEvent } from '../engines/profiles/tracked-event.ts';
import { matches } from '../language/matches.ts';
import type { ExportKind, ExportSpec } from '../model/export-spec.ts';
import { Profile } from '../model/profile.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { EventArchive } from '../ports/event-archive.ts';
import type { MembershipStore } from '../ports/membership-store.ts';
import type { ProfileSeals } from '../ports/profile-seals.ts';
import { listPartitions, type ProfileStore } from '../ports/profile-store.ts';
import { allowedMembers, type GateTools } from './allowed-members.ts';
import { restoredEvents } from './restored-events.ts';
import { showProfiles } from './show-profiles.ts';

export interface ExportSources extends GateTools {
  profiles: ProfileStore;
  memberships: MembershipStore;
  archive: EventArchive;
  seals: ProfileSeals;
}

/** Some documents of an export, as whoever asked for it may see them, and where the next ones are. */
export interface ExportPage {
  documents: Record<string, unknown>[];
  next: string | undefined;
}

type ReadPage = (spec: ExportSpec, start: string, sources: ExportSources) => Promise<ExportPage>;

const pageSize = 200;

interface PartitionPlace {
  partition: number;
  after: string | undefined;
}

const partitionPlace = (start: string): PartitionPlace => {
  const [partition = '0', after = ''] = start.split(' ', 2);
  return { partition: Number(partition), after: after === '' ? undefined : after };
};

/** The place after a page of a partition: in it, or at the beginning of the next one. */
const placeAfter = ({ partition }: PartitionPlace, next: string | undefined): string | undefined => {
  if (next !== undefined) return `${partition} ${next}`;
  return partition + 1 < listPartitions ? `${partition + 1} ` : undefined;
};

const liveStates = async (ids: readonly string[], { profiles }: ExportSources): Promise<ProfileState[]> =>
  [...(await profiles.getMany(ids)).values()].filter(({ head }) => head.life === 'live');

/** Live profiles as they are answered, with their segments. */
const shown = async (ids: readonly string[], sources: ExportSources): Promise<Profile[]> =>
  showProfiles(await liveStates(ids, sources), sources);

const projected = ({ fieldPolicy }: ExportSpec, profile: Profile): Record<string, unknown> =>
  projectFields(Profile, fieldPolicy, profile) as Record<string, unknown>;

const readProfiles: ReadPage = async (spec, start, sources) => {
  const place = partitionPlace(start);
  const { ids, next } = await sources.profiles.listPartition(place.partition, pageSize, place.after);
  const { rules } = spec;
  const found = (await shown(ids, sources)).filter(
    profile => rules === undefined || matches(rules, profile, sources.now().getTime()),
  );
  return { documents: found.map(profile => projected(spec, profile)), next: placeAfter(place, next) };
};

const readMembers: ReadPage = async (spec, start, sources) => {
  const place = partitionPlace(start);
  const segmentId = spec.segmentId ?? '';
  const page = await sources.memberships.membersOfPartition(segmentId, place.partition, pageSize, place.after);
  const enteredAt = new Map(page.members.map(member => [member.profileId, member.enteredAt]));
  const allowed = await allowedMembers(await liveStates([...enteredAt.keys()], sources), spec, sources);
  if (spec.platform !== undefined)
    return { documents: allowed.map(({ row }) => ({ ...row })), next: placeAfter(place, page.next) };
  const found = await showProfiles(
    allowed.map(({ state }) => state),
    sources,
  );
  const documents = found.map(profile => ({ enteredAt: enteredAt.get(profile.id), ...projected(spec, profile) }));
  return { documents, next: placeAfter(place, page.next) };
};

const readEvents: ReadPage = async (spec, start, { archive, seals }) => {
  const range = { from: spec.from ?? 0, until: spec.until ?? Number.MAX_SAFE_INTEGER, types: spec.types };
  const { events, next } = await archive.scan(range, pageSize, start === '' ? undefined : start);
  const documents = (await restoredEvents(events, seals)).map(
    ({ event, profileId }) =>
      projectFields(TrackedEvent, spec.fieldPolicy, trackedEvent(event, profileId)) as Record<string, unknown>,
  );
  return { documents, next };
};

export const exportReaders: Record<ExportKind, ReadPage> = {
  profiles: readProfiles,
  members: readMembers,
  events: readEvents,
};
