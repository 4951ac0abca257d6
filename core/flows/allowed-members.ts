import { passGate } from '../engines/activation/consent-gate.ts';
import { platforms } from '../engines/activation/platforms/platforms.ts';
import type { ExportSpec } from '../model/export-spec.ts';
import type { FieldRules } from '../model/field-rule.ts';
import type { ProfileState } from '../model/profile-state.ts';
import type { Sha256 } from '../model/sha256.ts';
import type { Suppressions } from '../ports/suppressions.ts';
import type { Cached } from './cached.ts';
import { withheldFields } from './governed-fields.ts';
import { subjectOf } from './plan-people.ts';
import { suppressionKeys } from './suppression-keys.ts';

export interface GateTools {
  suppressions: Suppressions;
  settings: { gdprMode: 'strict' | 'standard'; ccpaMode: 'strict' | 'standard' };
  fieldRules: Pick<Cached<FieldRules>, 'get'>;
  sha256: Sha256;
  now: () => Date;
}

/** Whoever may be exported, with the row that a platform takes of them where it is for one. */
export interface AllowedMember {
  state: ProfileState;
  row?: Readonly<Record<string, string>>;
}

/**
 * Lets those through who have agreed to the purpose, or to what the platform usually takes, who are not to be left
 * alone, and whom the platform can find. Where neither is asked for, everybody passes.
 */
export const allowedMembers = async (
  states: readonly ProfileState[],
  { platform, purpose }: Pick<ExportSpec, 'platform' | 'purpose'>,
  tools: GateTools,
): Promise<AllowedMember[]> => {
  if (platform === undefined && purpose === undefined) return states.map(state => ({ state }));
  const format = platform && platforms[platform];
  const required = purpose === undefined ? (format?.requiredConsent ?? []) : [purpose];
  const { gdprMode: gdpr, ccpaMode: ccpa } = tools.settings;
  const withheld = withheldFields(await tools.fieldRules.get());
  const policy = { gdpr, ccpa, sharing: format?.sharing ?? false, withheld, now: tools.now().getTime() };
  const standing = await tools.suppressions.of(states.flatMap(suppressionKeys));
  return states.flatMap((state): AllowedMember[] => {
    const result = passGate(subjectOf(state, standing, required), required, policy);
    if (!format) return 'member' in result || result.skipped === 'noIdentifier' ? [{ state }] : [];
    const row = 'member' in result ? format.row(result.member, { sha256: tools.sha256 }) : undefined;
    return row === undefined ? [] : [{ state, row }];
  });
};
