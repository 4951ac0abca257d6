import type { ExtraKey, Platform } from '../../../model/platform-config.ts';
import type { ConsentChannel } from '../../../model/profile.ts';
import type { Sha256 } from '../../../model/sha256.ts';
import type { ConsentedMember } from '../consent-gate.ts';
import type { MemberField } from '../member-digest.ts';

/** What a platform is sent of one person: normalised, hashed where it asks for that, blank left out. */
export type PlatformRow = Readonly<Record<string, string>>;

export interface RowTools {
  sha256: Sha256;
  /** What this audience sends beyond the usual. */
  extras?: readonly ExtraKey[] | undefined;
}

/** How a platform is told of people. */
export interface PlatformFormat {
  name: Platform;
  /** By what it finds people, as the keys of its rows. */
  matchKeys: readonly string[];
  /** What of a person its rows are made of. */
  sends: readonly MemberField[];
  /** What people must have granted where an audience says nothing else. */
  requiredConsent: readonly ConsentChannel[];
  /** What is sent there is sold or shared: whoever objected to that never goes there. */
  sharing: boolean;
  /** How many rows one call may have. */
  rowsMax: number;
  /** Whether it can exchange everybody at once. */
  replaces: boolean;
  /** Fewer people than this are of no use there, or refused. */
  sizeFloor?: number;
  /** The row of a person; `undefined` for who cannot be found there. */
  row(member: ConsentedMember, tools: RowTools): PlatformRow | undefined;
  /** What of a row must be remembered to take the person out again, whatever becomes of them meanwhile. */
  foundBy(row: PlatformRow): PlatformRow;
}
