import { getSettings } from '../../../core/contract/settings.ts';
import { showSettings } from '../../../core/flows/show-settings.ts';
import { overridesTag } from '../../../core/flows/update-settings.ts';
import { overridesId } from '../../../core/model/setting-overrides.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getSettings, async (_request, { settingOverrides, deployedSetting }) => {
  const overrides = await settingOverrides.get(overridesId);
  return new Answer(showSettings(deployedSetting, overrides), { headers: { etag: overridesTag(overrides) } });
});
