import type { Life } from './profile-state.ts';

/** What one column may hold on its way into the snapshot: instants as epoch ms, objects as JSON text. */
export type PartValue = string | number | boolean | readonly string[] | null;

/**
 * What one commit told of a profile: its head or its person, each with a version of its own. Of several parts of one
 * kind the highest version holds; to be told it twice changes nothing.
 */
export type SnapshotPart = { id: string; [column: string]: PartValue } & (
  | { head_version: number; life: Life }
  | { person_version: number }
);

/** Names a part and its kind: parts of one name differ in nothing but their version. */
export const partName = (part: SnapshotPart): string => `${'head_version' in part ? 'head' : 'person'} ${part.id}`;

export const partVersion = (part: SnapshotPart): number =>
  'head_version' in part ? Number(part.head_version) : Number(part.person_version);
