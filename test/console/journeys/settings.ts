import assert from 'node:assert/strict';
import { openClient } from '../../../core/contract/client.ts';
import { type Journey, run } from '../journey.ts';

const keyName = `Journey key ${run}`;

/** A key is made, shown once, used and revoked; another way to decide who is who is simulated. */
export const settingsJourney: Journey = {
  name: 'Settings: a key is shown once, used and revoked; identity rules are simulated',
  take: async (at, api) => {
    await at.go('/settings?part=keys');
    await at.button('New API key').click();
    await at.field(/^Name/).fill(keyName);
    await at.button('Create').click();
    const key = (await at.page.getByTestId('secret').textContent()) ?? '';
    const used = await openClient({ baseUrl: at.url, key }).getCaller();
    assert.deepEqual(used.scopes, ['read']);
    await at.go('/settings?part=keys');
    assert.equal(await at.page.getByText(key).count(), 0, 'the key is shown again');
    await at.button(`Revoke ${keyName}`).click();
    await at.page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await at.says('The key is revoked.');
    const kept = (await api.listApiKeys({ query: { limit: 1000 } })).items.find(({ name }) => name === keyName);
    assert.notEqual(kept?.revokedAt, undefined);

    const { version } = await api.getIdentityConfig();
    await at.go('/settings?part=identity');
    await at.button('Simulate').click();
    await at.says('What the change would come to');
    assert.equal((await api.getIdentityConfig()).version, version, 'a simulation has written something');
  },
};
