import type { ConsentChannel } from './profile.ts';

/** By what it is told how likely an action succeeds: a prediction, or one that was given. */
export const actionDrivers = ['purchasePropensity', 'churnRisk', 'engagementScore'] as const;
export type ActionDriver = (typeof actionDrivers)[number];

/** Something that may be done for somebody. */
export interface NextAction {
  action: string;
  name: string;
  channel: ConsentChannel;
  /** What it brings when it succeeds, in the account currency. */
  value: number;
  /** What it costs to try. */
  cost: number;
  driver: ActionDriver;
  /** The share of those whom the driver says it of with whom it succeeds; 1: all. */
  effect: number;
  /** Only for who is in this segment. */
  segmentId?: string | undefined;
}

/** The catalogue; its id is always the same. */
export interface StoredActions {
  id: string;
  version: number;
  items: NextAction[];
}

export const actionsId = 'actions';
