import { updateSettings } from '../../../core/contract/settings.ts';
import { showSettings } from '../../../core/flows/show-settings.ts';
import { overridesTag, updateSettings as update } from '../../../core/flows/update-settings.ts';
import { Answer } from '../../kit/answer.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(updateSettings, async ({ body: changes, headers, caller }, services) => {
  const overrides = await update({ changes, ifMatch: headers['if-match'], callerId: caller.id }, services);
  return new Answer(showSettings(services.deployedSetting, overrides), { headers: { etag: overridesTag(overrides) } });
});
