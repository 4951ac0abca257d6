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
  const probe = providerProbe(async (address, request = {}) => {
    asked.push({ address: String(address), request });
    return answer();
  });
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
    const sent = JSON.stringify([request.headers, request.body]);
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
