import { optOut } from '../../../core/contract/consent.ts';
import { optOut as record, shownOptOut } from '../../../core/flows/opt-out.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(optOut, async ({ body, requestId }, services) =>
  shownOptOut(await record(body, requestId, services)),
);
