import { handlerFile, workerFile } from '../core/contract/handler-file.ts';
import { routes } from '../core/contract/index.ts';
import { messages } from '../core/contract/messages.ts';
import { sdkRoutes } from '../core/contract/sdk/sdk-routes.ts';
import { schedules, streamConsumers } from '../core/contract/workers.ts';

/** A handler: what it serves, and its file below `functions/`, without extension. */
export interface HandlerEntry {
  id: string;
  file: string;
}

/** Every handler of the platform: what the contract declares, the authorizer, sign-up, the answer to unknown paths. */
export const handlerEntries = (): HandlerEntry[] => [
  ...[...routes, ...sdkRoutes].map(route => ({ id: route.id, file: handlerFile(route) })),
  ...streamConsumers.map(({ id }) => ({ id, file: workerFile('streams', id) })),
  ...messages.map(({ id }) => ({ id, file: workerFile('queues', id) })),
  ...schedules.map(({ id }) => ({ id, file: workerFile('jobs', id) })),
  { id: 'authorizer', file: 'authorizer' },
  { id: 'signUp', file: 'sign-up' },
  { id: 'fallback', file: 'fallback' },
];
