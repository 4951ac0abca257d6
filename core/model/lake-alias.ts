/**
 * What became of a profile whose events stand under its own id: who has them now. Of several rows of a profile the one
 * with the highest version holds.
 */
export interface LakeAlias {
  profileId: string;
  version: number;
  /** `live`: it was merged, and that was undone. */
  life: 'live' | 'merged' | 'erased';
  /** Who has its events now, where it was merged; may have been merged too. */
  into: string | null;
  /** Epoch ms. */
  at: number;
}
