import type { ConsentedMember } from '../engines/activation/consent-gate.ts';

/** One line of a delivery. `row` is the same when the line is sent again, so that the receiver can drop repeats. */
export type DeliveryRow =
  | { row: string; operation: 'add'; member: ConsentedMember }
  | { row: string; operation: 'remove'; profileId: string };

export interface Delivery {
  audienceId: string;
  audienceName: string;
  url: string;
  rows: readonly DeliveryRow[];
}

/** The destination did not take a delivery. `retry`: it may later. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
  readonly retry: boolean;
  constructor(message: string, retry: boolean) {
    super(message);
    this.retry = retry;
  }
}

export interface Destination {
  /** Returns when the destination has accepted all rows. @throws DeliveryFailed */
  deliver(delivery: Delivery): Promise<void>;
}
