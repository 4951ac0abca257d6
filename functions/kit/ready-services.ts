import { services } from './provided-services.ts';
import type { Services } from './services.ts';

/** The services of this process, with the settings as they hold now. */
export const readyServices = async (): Promise<Services> => {
  const tools = services();
  await tools.refreshSettings();
  return tools;
};
