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

/** It may take the delivery later; it never takes these rows; or it takes nothing any more. */
export type DeliveryFault = 'unavailable' | 'refused' | 'gone';

/** The destination did not take a delivery. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
  readonly fault: DeliveryFault;
  constructor(message: string, fault: DeliveryFault) {
    super(message);
    this.fault = fault;
  }
}

export interface Destination {
  /** Returns when the destination has accepted all rows. @throws DeliveryFailed */
  deliver(delivery: Delivery): Promise<void>;
}
