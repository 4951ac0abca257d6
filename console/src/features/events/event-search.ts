import type { eventWords } from '../../words/events.ts';

export type EventPart = keyof typeof eventWords.parts;

/** What the tab keeps in its address. */
export interface EventSearch {
  part?: EventPart | undefined;
  type?: string | undefined;
  profileId?: string | undefined;
  source?: string | undefined;
  startDate?: string | undefined;
  endDate?: string | undefined;
  /** The event that is open. */
  event?: string | undefined;
}

/** What a part of the tab is given: what the address says, and how to change it. */
export interface EventPartProps {
  search: EventSearch;
  onSearch: (changes: EventSearch) => void;
  onOpen: (eventId: string) => void;
}
