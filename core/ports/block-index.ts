/** Somebody who shares keys with whoever is asked about. */
export interface Candidate {
  profileId: string;
  /** How many keys both have. */
  shared: number;
}

/** Who has which blocking keys: whoever shares one with a person may be the same. */
export interface BlockIndex {
  /**
   * Makes these the keys of a profile as of a version of its person, unless those of a later one stand; where they are
   * its keys already nothing is written. Keys that so many have already that they tell nothing do not take it; returns
   * how many. `left`: keys under which the caller may have put the profile after a later version had taken it out.
   */
  index(
    profileId: string,
    version: number,
    keys: readonly string[],
    left?: readonly string[],
  ): Promise<{ full: number }>;
  /** Leaves nothing of a profile that is merged or erased. */
  forget(profileId: string): Promise<void>;
  /** Whoever has most of these keys, at most so many. */
  candidates(keys: readonly string[], limit: number): Promise<Candidate[]>;
}
