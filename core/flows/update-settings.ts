import type { RouteInput } from '../contract/route.ts';
import type { updateSettings as updateSettingsRoute } from '../contract/settings.ts';
import { Problem, unprocessable } from '../errors.ts';
import { overridesId, type SettingOverrides } from '../model/setting-overrides.ts';
import { type SettingName, settingOf } from '../model/setting-table.ts';
import { type Collection, DocumentChanged } from '../ports/collection.ts';
import { checkIfMatch, documentTag } from './if-match.ts';

interface SettingsChange {
  changes: RouteInput<typeof updateSettingsRoute>['body'];
  ifMatch: string | undefined;
  callerId: string;
}

type Changes = Omit<SettingsChange['changes'], 'acknowledgeRisk'>;

interface UpdateTools {
  settingOverrides: Collection<SettingOverrides>;
  now: () => Date;
}

const triesMax = 5;

/** Names the state of the overrides; `"0"` as long as nothing was ever changed. */
export const overridesTag = (overrides: SettingOverrides | undefined): string =>
  documentTag(overrides ?? { version: 0 });

/**
 * Changes settings of the running platform; `null` takes an override back.
 *
 * @throws Problem `PRECONDITION_FAILED` @throws Problem `CONFLICT` when they are changed all the time
 */
export const updateSettings = async (
  { changes: { acknowledgeRisk, ...changes }, ifMatch, callerId }: SettingsChange,
  { settingOverrides, now }: UpdateTools,
): Promise<SettingOverrides> => {
  if (!acknowledgeRisk) checkRisk(changes);
  for (let tries = 0; tries < triesMax; tries += 1) {
    const before = await settingOverrides.get(overridesId);
    checkIfMatch(ifMatch, overridesTag(before));
    const after: SettingOverrides = {
      id: overridesId,
      version: (before?.version ?? 0) + 1,
      values: changedValues(before?.values ?? {}, changes),
      changedAt: now().toISOString(),
      changedBy: callerId,
    };
    if (await isKept(settingOverrides, after)) return after;
  }
  throw new Problem('CONFLICT', 'The settings are changed all the time; try again');
};

/** @throws Problem `VALIDATION_FAILED` for a value that needs somebody to answer for it */
const checkRisk = (changes: Changes): void => {
  for (const [name, value] of Object.entries(changes)) {
    if (value !== null && value !== undefined && settingOf(name as SettingName).risky?.includes(value))
      throw unprocessable(`body.${name}`, `is taken with acknowledgeRisk: true only`);
  }
};

const changedValues = (values: SettingOverrides['values'], changes: Changes): SettingOverrides['values'] => {
  const after = { ...values };
  for (const [name, value] of Object.entries(changes) as [SettingName, Changes[keyof Changes]][]) {
    if (value === null) delete after[name];
    else if (value !== undefined) after[name] = value;
  }
  return after;
};

const isKept = async (
  settingOverrides: Collection<SettingOverrides>,
  overrides: SettingOverrides,
): Promise<boolean> => {
  try {
    await (overrides.version === 1 ? settingOverrides.add(overrides) : settingOverrides.replace(overrides));
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
