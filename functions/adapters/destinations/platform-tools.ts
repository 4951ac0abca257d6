import type { Sha256 } from '../../../core/model/sha256.ts';
import type { ConnectPlatform } from './platform-connection.ts';
import type { AskPlatform } from './platform-request.ts';

/** What the adapters of platforms share. */
export interface PlatformTools {
  ask: AskPlatform;
  connect: ConnectPlatform;
  sha256: Sha256;
  /** The origin of the stand-ins on this machine, where there are any. */
  standIns?: string | undefined;
  /** Epoch ms. */
  now: () => number;
  pause: (milliseconds: number) => Promise<void>;
}
