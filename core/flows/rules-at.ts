import type { WhoMayBeSent } from '../contract/audience-platforms.ts';
import type { Audience } from '../contract/audiences.ts';
import type { ConsentedMember, GatePolicy } from '../engines/activation/consent-gate.ts';
import type { PlatformRow, RowTools } from '../engines/activation/platforms/platform.ts';
import { platforms } from '../engines/activation/platforms/platforms.ts';
import type { FieldRules } from '../model/field-rule.ts';
import type { Platform } from '../model/platform-config.ts';
import type { ConsentChannel } from '../model/profile.ts';
import type { Sha256 } from '../model/sha256.ts';
import { audiencePlace, placeText } from './audience-place.ts';
import type { Cached } from './cached.ts';
import { withheldFields } from './governed-fields.ts';

export interface RulesTools {
  settings: { gdprMode: 'strict' | 'standard'; ccpaMode: 'strict' | 'standard' };
  fieldRules: Pick<Cached<FieldRules>, 'get'>;
  sha256: Sha256;
  now: () => Date;
}

/** By which rules people of an audience go to a platform, where to, and as what. */
export interface RulesAt {
  requiredConsent: readonly ConsentChannel[];
  policy: GatePolicy;
  place: string;
  row: (member: ConsentedMember) => PlatformRow | undefined;
  findable: (member: ConsentedMember) => boolean;
}

/** How rows of an audience are made at a platform. */
export const rowMaker = (
  audience: Pick<Audience, 'config'>,
  platform: Platform,
  sha256: Sha256,
): ((member: ConsentedMember) => PlatformRow | undefined) => {
  const place = audiencePlace(audience, platform);
  const extras = place && 'extraKeys' in place ? place.extraKeys : undefined;
  const tools: RowTools = { sha256, extras };
  return member => platforms[platform].row(member, tools);
};

export const rulesAt = async (
  audience: Pick<Audience, 'config'>,
  platform: Platform,
  { settings, fieldRules, sha256, now }: RulesTools,
): Promise<RulesAt> => {
  const format = platforms[platform];
  const rules: WhoMayBeSent = audience.config[platform] ?? {};
  const { requiredConsent = format.requiredConsent, minIdentityConfidence = 0 } = rules;
  const sharing = format.sharing || rules.sharing === true;
  const row = rowMaker(audience, platform, sha256);
  return {
    requiredConsent,
    policy: {
      ...{ gdpr: settings.gdprMode, ccpa: settings.ccpaMode, sharing, minIdentityConfidence },
      withheld: withheldFields(await fieldRules.get()),
      now: now().getTime(),
    },
    place: placeText(audiencePlace(audience, platform)),
    row,
    findable: member => row(member) !== undefined,
  };
};
