import type { LakeEvent } from '../model/lake-event.ts';

/** Event times, epoch ms, `until` excluded; absent types: all. */
export interface ArchiveRange {
  from: number;
  until: number;
  types?: readonly string[] | undefined;
}

/** An event as the lake keeps it, and who has it now. */
export interface ArchivedEvent {
  row: LakeEvent;
  /** The profile that it was committed to, or the one that this was merged into. */
  profileId: string;
}

export interface ArchivePage {
  events: ArchivedEvent[];
  /** Where to go on; absent after the last page. */
  next?: string;
}

/** Every event that was ever folded, for years. */
export interface EventArchive {
  /**
   * Some events of a range, each once, in an order that stays the same. A page may be short of its limit although there
   * is a next one; what is folded meanwhile may be told or not.
   */
  scan(range: ArchiveRange, limit: number, after?: string): Promise<ArchivePage>;
}
