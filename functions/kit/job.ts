import middy from '@middy/core';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { readyServices } from './ready-services.ts';
import type { Services } from './services.ts';

/** Makes a Lambda handler of what runs by the clock. It may run twice for one minute: the second time changes nothing. */
export const job = (run: (services: Services) => Promise<void>) =>
  middy<EventBridgeEvent<string, unknown>, void, Error, Context>(async () => run(await readyServices()));
