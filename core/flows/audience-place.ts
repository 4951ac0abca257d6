import type { Audience } from '../contract/audiences.ts';
import { type Platform, type PlatformPlace, platformPlaces } from '../model/platform-config.ts';

/** Where an audience is at a platform, without what says who may be sent; `undefined` where nobody said it. */
export const audiencePlace = ({ config }: Pick<Audience, 'config'>, platform: Platform): PlatformPlace | undefined => {
  const own = config[platform];
  if (own === undefined) return undefined;
  const names = Object.keys(platformPlaces[platform].shape);
  return Object.fromEntries(Object.entries(own).filter(([name]) => names.includes(name))) as PlatformPlace;
};

/** The place as a text: the same for the same place. */
export const placeText = (place: PlatformPlace | undefined): string => {
  if (place === undefined) return '';
  return 'url' in place ? place.url : JSON.stringify(Object.entries(place).sort());
};
