import type { ArchivedEvent } from './event-archive.ts';

/** Which events are asked for; what is absent does not matter. Event times in epoch ms, `until` excluded. */
export interface EventFilter {
  type?: string | undefined;
  /** Of any of these types. */
  types?: readonly string[] | undefined;
  /** Whoever has the events of this profile now, with all that was merged into it. */
  profileId?: string | undefined;
  sessionId?: string | undefined;
  source?: string | undefined;
  from: number;
  until: number;
}

/** What a question may take. */
export interface ReadingLimits {
  /** The question is stopped after so many seconds altogether. */
  budgetSeconds?: number | undefined;
  /** Stops it before. */
  signal?: AbortSignal | undefined;
}

export interface EventPageQuery extends EventFilter, ReadingLimits {
  limit: number;
  /** The place of the last event of the page before. */
  cursor?: string | undefined;
}

export interface FoundEvents {
  /** Newest first by the time they happened. */
  events: ArchivedEvent[];
  /** Absent on the last page. */
  nextCursor?: string;
  /** Epoch ms of the newest change that the answer knows; absent where there is nothing at all. */
  asOf?: number;
}

/** Every event of everybody: those that were committed a second ago, and those of years ago. */
export interface EventLake {
  /** @throws QueryOverBudget @throws QueryStopped @throws Problem for a cursor that is none */
  page(query: EventPageQuery): Promise<FoundEvents>;
  /** The event of that id; the last commit of it. People who were erased have none. @throws QueryOverBudget @throws QueryStopped */
  one(eventId: string, limits?: ReadingLimits): Promise<ArchivedEvent | undefined>;
}
