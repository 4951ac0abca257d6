import type { IdentifierType } from './identifier.ts';

/**
 * An event of one person named an identifier that another one has. `named`: one that tells who somebody is; `shared`: one
 * of a device or a browser, which several people may use.
 */
export interface ProfileTie {
  /** Whose event it was. */
  profileId: string;
  /** Who has what it named. */
  otherId: string;
  grade: 'named' | 'shared';
  /** Of the identifiers; their values are not in it. */
  types: IdentifierType[];
  eventId: string;
  /** When the event was received; ISO 8601. */
  at: string;
  /** It came with a key that stands in browsers: anybody may say anything with it. */
  byWriteKey: boolean;
}

/** Ties of one name tell the same. */
export const tieName = ({ otherId, grade, byWriteKey }: ProfileTie): string =>
  `${otherId}#${grade}${byWriteKey ? '-by-write-key' : ''}`;
