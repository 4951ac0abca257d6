import { describe, expect, test } from 'vitest';
import {
  type IntegrationName,
  integrationCatalogue,
  integrationNames,
} from '../../../../core/model/integration-catalogue.ts';
import { providerProbe } from '../../../../functions/adapters/integrations/provider-probe.ts';

const canary = (name: string) => `canary-${name}`;
const filled = (fields: object) => Object.fromEntries(Object.keys(fields).map(name => [name, canary(name)]));

const probing = (name: IntegrationName, answer: () => Promise<Response>) => {
  const asked: { address: string; request: RequestInit }[] = [];
  const ask = async (address: string | URL | Request, request: RequestInit = {}) => {
    asked.push({ address: String(address), request });
    return answer();
  };
  const probe = providerProbe({ ask });
  const { settings, secrets } = integrationCatalogue[name];
  return { asked, result: probe.probe(name, filled(settings), filled(secrets)) };
};
const answering = (status: number) => async () => new Response('a body with canary-apiKey', { status });

describe.each(integrationNames)('%s', name => {
  test('is asked over https with what it wants to know, and redirects are not followed', async () => {
    const { asked, result } = probing(name, answering(200));
    expect(await result).toEqual({ ok: true });
    const [{ address, request } = { address: '', request: {} }] = asked;
    expect(address).toMatch(/^https:/);
    expect(address).not.toContain('canary');
    expect(request.redirect).toBe('manual');
    const { authorization = '' } = (request.headers ?? {}) as Record<string, string>;
    const basic = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
    const sent = JSON.stringify([request.headers, request.body, basic]);
    for (const [field, { required }] of Object.entries(integrationCatalogue[name].secrets)) {
      if (required) expect(sent).toContain(canary(field));
    }
  });

  test.each([401, 503])('of an answer of %d only the status is told', async status => {
    const { ok, reason } = await probing(name, answering(status)).result;
    expect([ok, reason]).toEqual([false, expect.stringContaining(String(status))]);
    expect(reason).not.toContain('canary');
  });

  test('that cannot be reached is told as that, without the fault', async () => {
    const { result } = probing(name, () => Promise.reject(new TypeError('fetch failed: canary-apiKey')));
    expect(await result).toEqual({ ok: false, reason: 'it could not be reached' });
  });
});
