import type { ConsentedMember } from '../engines/activation/consent-gate.ts';
import type { PlatformRow } from '../engines/activation/platforms/platform.ts';
import type { Platform, PlatformPlace } from '../model/platform-config.ts';

/**
 * One line of a delivery. `row` is the same when the line is sent again, so that the receiver can drop repeats. `sent` is
 * what the platform was last sent of this person (`foundBy` of that row), so that it can take out what holds no more.
 */
export type DeliveryRow =
  | { row: string; operation: 'add'; member: ConsentedMember; sent?: PlatformRow | undefined }
  | { row: string; operation: 'remove'; profileId: string; sent?: PlatformRow | undefined };

/** An audience at a platform. */
export interface DeliveryTarget<Name extends Platform = Platform> {
  audienceId: string;
  audienceName: string;
  place: PlatformPlace<Name>;
}

export interface Delivery<Name extends Platform = Platform> extends DeliveryTarget<Name> {
  rows: readonly DeliveryRow[];
}

/** What came of a delivery that was taken. */
export interface DeliveryOutcome {
  /** Rows that the platform never takes, by `row`, and why; it has taken all others. */
  refused: readonly { row: string; reason: string }[];
  /** Under which the platform knows the call, where it tells that; see `status`. */
  remoteId?: string | undefined;
}

/**
 * `unavailable`: it may take the delivery later. `refused`: it never takes these rows. `gone`: the place exists no more.
 * `unauthorized`: it does not know our credentials, or not any more. `blocked`: it takes nothing into this audience.
 * `tooSmall`: it keeps people whose removal would leave too few. All but the first need somebody to act.
 */
export type DeliveryFault = 'unavailable' | 'refused' | 'gone' | 'unauthorized' | 'blocked' | 'tooSmall';

/** The destination did not take a delivery, none of it. */
export class DeliveryFailed extends Error {
  override readonly name = 'DeliveryFailed';
  readonly fault: DeliveryFault;
  /** When it may be asked again, where it says so. */
  readonly retryAfterSeconds: number | undefined;
  constructor(message: string, fault: DeliveryFault, retryAfterSeconds?: number) {
    super(message);
    this.fault = fault;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** An exchange of everybody under way; plain data, so that whoever goes on with it need not be who began it. */
export interface ReplaceSession {
  id: string;
  /** ISO 8601. */
  startedAt: string;
  /** How long the platform waits for the last batch. */
  minutesMax: number;
  rowsEstimated: number;
}

export interface ReplaceBatch {
  session: ReplaceSession;
  /** From 1, one more with each batch; the same when a batch is sent again. */
  sequence: number;
  /** With this one the exchange is complete: whoever was in none of the batches is out. */
  last: boolean;
}

/** How far a platform is with what it was sent. */
export interface RemoteStatus {
  state: 'processing' | 'done' | 'failed';
  received?: number | undefined;
  refused?: number | undefined;
  message?: string | undefined;
}

/** What a platform says of the audience itself. */
export interface RemoteAudience {
  /** Whether it takes people; if not, `reason` says why. */
  usable: boolean;
  reason?: string | undefined;
  /** How many people it has matched, where it tells that. */
  size?: number | undefined;
}

/** An audience of people like those of another one, made by the platform itself. */
export interface SimilarWish {
  name: string;
  /** The part of a country’s people, 0.01 to 0.20. */
  ratio: number;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** Every method throws `DeliveryFailed` where the platform did not do what it was asked. */
export interface Destination<Name extends Platform = Platform> {
  /** Returns when the destination has accepted all rows that are not named as refused. At most `rowsMax` rows. */
  deliver(delivery: Delivery<Name>): Promise<DeliveryOutcome>;
  /** Absent where people can only be added and removed. */
  replace?: {
    /** Nobody goes yet, or everybody at once: see the platform. */
    begin(target: DeliveryTarget<Name>, rowsEstimated: number): Promise<ReplaceSession>;
    /** Rows to be added only. The last batch ends the session; it may be empty. */
    send(delivery: Delivery<Name>, batch: ReplaceBatch): Promise<DeliveryOutcome>;
  };
  /** Whether the audience can be used, before anything is sent. Absent: it tells only when it is sent something. */
  look?(target: DeliveryTarget<Name>): Promise<RemoteAudience>;
  status?(target: DeliveryTarget<Name>, remoteId: string): Promise<RemoteStatus>;
  /** Returns the id of the new audience. */
  createSimilar?(target: DeliveryTarget<Name>, wish: SimilarWish): Promise<{ remoteId: string }>;
}

export interface Destinations {
  of<Name extends Platform>(platform: Name): Destination<Name>;
}
