import type { IntegrationName } from '../../../core/model/integration-catalogue.ts';
import type { IntegrationProbe, ProbeResult } from '../../../core/ports/integration-probe.ts';

type Texts = Record<string, string>;

interface Question {
  address: string;
  method: 'GET' | 'POST';
  headers?: Texts;
  body?: string;
  /** What the status means; everything else means that the credentials are known. */
  unknown: readonly number[];
}

const form = (fields: Texts): Pick<Question, 'headers' | 'body'> => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

const json = 'application/json';

/** One harmless question for each system, whose answer tells whether it knows us. */
const questions: Record<IntegrationName, (settings: Texts, secrets: Texts) => Question> = {
  facebook: ({ appId = '' }, { appSecret = '' }) => ({
    address: 'https://graph.facebook.com/oauth/access_token',
    method: 'POST',
    ...form({ client_id: appId, client_secret: appSecret, grant_type: 'client_credentials' }),
    unknown: [400, 401, 403],
  }),
  /** A refresh token that it does not know is 400, a client that it does not know 401. */
  google: ({ clientId = '' }, { clientSecret = '', refreshToken }) => ({
    address: 'https://oauth2.googleapis.com/token',
    method: 'POST',
    ...form({
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken ?? 'none',
      grant_type: 'refresh_token',
    }),
    unknown: refreshToken === undefined ? [401] : [400, 401],
  }),
  klaviyo: (_settings, { apiKey }) => ({
    address: 'https://a.klaviyo.com/api/accounts/',
    method: 'GET',
    headers: { authorization: `Klaviyo-API-Key ${apiKey}`, revision: '2024-10-15', accept: json },
    unknown: [401, 403],
  }),
  mailchimp: (_settings, { apiKey = '' }) => ({
    address: `https://${/-([a-z]{2}\d{1,3})$/.exec(apiKey)?.[1] ?? 'us1'}.api.mailchimp.com/3.0/ping`,
    method: 'GET',
    headers: { authorization: `Basic ${Buffer.from(`cdp:${apiKey}`).toString('base64')}` },
    unknown: [401, 403],
  }),
  /** Knows no question that changes nothing but this one. */
  braze: ({ endpoint = '' }, { apiKey }) => ({
    address: `https://${/^rest\.[a-z0-9-]+\.braze\.(com|eu)$/.exec(endpoint)?.[0] ?? 'rest.iad-01.braze.com'}/users/track`,
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': json },
    body: JSON.stringify({ attributes: [] }),
    unknown: [401, 403],
  }),
  hubspot: (_settings, { accessToken }) => ({
    address: 'https://api.hubapi.com/crm/v3/objects/contacts?limit=1',
    method: 'GET',
    headers: { authorization: `Bearer ${accessToken}` },
    unknown: [401, 403],
  }),
  clearbit: (_settings, { apiKey }) => ({
    address: 'https://person.clearbit.com/v1/people/email/nobody@example.com',
    method: 'GET',
    headers: { authorization: `Bearer ${apiKey}` },
    unknown: [401, 402, 403],
  }),
  /** An enquiry about nobody is 400 for whom it knows. */
  fullcontact: (_settings, { apiKey }) => ({
    address: 'https://api.fullcontact.com/v3/person.enrich',
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': json },
    body: '{}',
    unknown: [401, 403],
  }),
};

const answerMs = 10_000;

const judged = (status: number, unknown: readonly number[]): ProbeResult => {
  if (unknown.includes(status)) return { ok: false, reason: `it does not know these credentials (${status})` };
  return status >= 500 ? { ok: false, reason: `it answered ${status}; try again later` } : { ok: true };
};

export interface ProbeOptions {
  /** Stands in for the network in tests. */
  ask?: typeof fetch;
  /** The origin of the stand-ins on this machine. */
  standIns?: string | undefined;
}

/** The same question, put to the stand-in of the system. */
const standInAddress = (name: string, address: string, standIns: string): string => {
  const { pathname, search } = new URL(address);
  return `${standIns}/${name}${pathname}${search}`;
};

/** Asks the system itself, or its stand-in; the answer is not read beyond the status. */
export const providerProbe = ({ ask = fetch, standIns }: ProbeOptions = {}): IntegrationProbe => ({
  probe: async (name, settings, secrets, standIn = false) => {
    const { address: own, unknown, ...request } = questions[name as IntegrationName](settings, secrets);
    const address = standIn && standIns !== undefined ? standInAddress(name, own, standIns) : own;
    try {
      const answer = await ask(address, {
        ...request,
        redirect: 'manual',
        signal: AbortSignal.timeout(answerMs),
      });
      await answer.body?.cancel();
      return judged(answer.status, unknown);
    } catch {
      return { ok: false, reason: 'it could not be reached' };
    }
  },
});
