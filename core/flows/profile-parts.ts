import { headView, personView } from '../engines/profiles/profile-view.ts';
import { headPart } from '../engines/snapshot/head-part.ts';
import { personPart } from '../engines/snapshot/person-part.ts';
import type { Head, PersonRecord, ProfileState } from '../model/profile-state.ts';
import type { SnapshotPart } from '../model/snapshot-part.ts';

/** What a head tells the snapshot. */
export const headTold = (id: string, head: Head): SnapshotPart => headPart(id, head, headView(head));

/** What a person tells the snapshot. */
export const personTold = (id: string, person: PersonRecord): SnapshotPart =>
  personPart(id, person, personView(person));

/** All that a profile tells the snapshot as it stands; where it is gone, nothing but that. */
export const profileParts = ({ id, head, person }: ProfileState): SnapshotPart[] =>
  head.life === 'live' ? [headTold(id, head), personTold(id, person)] : [headTold(id, head)];
