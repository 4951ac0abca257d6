import { createHmac } from 'node:crypto';
import { DeliveryFailed } from '../../../../core/ports/destination.ts';
import { originOf } from '../platform-connection.ts';
import { isTaken, type PlatformRequest } from '../platform-request.ts';
import type { PlatformTools } from '../platform-tools.ts';
import { facebookFault } from './facebook-fault.ts';

export const graphVersion = 'v25.0';

export type AskGraph = (method: PlatformRequest['method'], path: string, body?: object) => Promise<object>;

/** Proves that whoever has the token has the secret of the app as well. */
export const appSecretProof = (accessToken: string, appSecret: string): string =>
  createHmac('sha256', appSecret).update(accessToken).digest('hex');

/** Asks the Graph API. @throws DeliveryFailed for every answer that is none */
export const facebookGraph =
  ({ ask, connect, standIns }: PlatformTools): AskGraph =>
  async (method, path, body) => {
    const connection = await connect('facebook');
    const { accessToken, appSecret = '' } = connection.secrets;
    if (accessToken === undefined) throw new DeliveryFailed('facebook has no access token', 'unauthorized');
    const origin = originOf('facebook', connection, 'https://graph.facebook.com', standIns);
    const url = new URL(`${origin}/${graphVersion}/${path}`);
    url.searchParams.set('appsecret_proof', appSecretProof(accessToken, appSecret));
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await ask({ url: url.href, method, headers, ...(body === undefined ? {} : { body }) });
    if (!isTaken(answer) || typeof answer.body !== 'object' || answer.body === null) throw facebookFault(answer);
    return answer.body;
  };
