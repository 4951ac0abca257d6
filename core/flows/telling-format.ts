import type { Audience } from '../contract/audiences.ts';
import type { TellingFormat } from '../engines/activation/plan-tally.ts';
import { platforms } from '../engines/activation/platforms/platforms.ts';
import type { Platform } from '../model/platform-config.ts';
import type { Sha256 } from '../model/sha256.ts';
import { rowMaker } from './rules-at.ts';

/** How a platform is told of the people of an audience. */
export const tellingFormat = (audience: Audience, platform: Platform, sha256: Sha256): TellingFormat => {
  const { matchKeys, rowsMax, sizeFloor } = platforms[platform];
  return { matchKeys, rowsMax, sizeFloor, row: rowMaker(audience, platform, sha256) };
};
