/** An event as conditions see it. */
export interface PastEvent {
  id: string;
  type: string;
  /** When it happened, epoch ms. */
  at: number;
  properties: Readonly<Record<string, unknown>>;
  source?: string | undefined;
}

/** By time, and at one instant by their ids: in the order in which they were received. */
export const byTime = (left: PastEvent, right: PastEvent): number =>
  left.at - right.at || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0);
