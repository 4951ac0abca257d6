import { type Client, openClient } from '../../../../core/contract/client.ts';
import { basePath } from '../../../../core/contract/route.ts';
import type { Settings } from '../../lib/settings.ts';

/** The API of this deployment. `key`: an API key or a token; without one the browser's cookie says who calls. */
export const openCdp = ({ apiBaseUrl }: Settings, key: string | undefined): Client =>
  openClient({
    baseUrl: apiBaseUrl.endsWith(basePath) ? apiBaseUrl.slice(0, -basePath.length) : apiBaseUrl,
    key,
    fetch: (...call) => fetch(...call),
  });
