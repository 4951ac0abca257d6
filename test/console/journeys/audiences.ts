import assert from 'node:assert/strict';
import { until } from '../../fixtures/until.ts';
import type { Journey } from '../journey.ts';

/** Preflight → activate → the sync comes to its end. */
export const audiencesJourney: Journey = {
  name: 'Audiences: a preflight says who would be sent, and as many are',
  take: async (at, api) => {
    const [audience] = (await api.listAudiences()).items;
    assert(audience, 'the demo has an audience');
    const { id, name } = audience;
    await at.go('/audiences');
    await at.link(name).click();
    await at.says('Syncs');
    const before = (await api.listSyncs({ params: { id } })).items.length;
    await at.button('Activate').click();
    await at.page.getByRole('radio', { name: /^Replace/ }).check();
    await at.says('To be added');
    await at.button('Send').click();
    await at.says('The audience is on its way.');
    await until('the sync', async () => {
      const { items } = await api.listSyncs({ params: { id } });
      return items.length === before + 1 && items[0]?.operation === 'replace' && items[0].status === 'completed';
    });
    const [sync] = (await api.listSyncs({ params: { id } })).items;
    const row = at.page.getByRole('row').filter({ hasText: 'replace' }).first();
    await row.getByText('completed').waitFor();
    const unchanged = String(sync?.counts.unchanged ?? '');
    await row.getByRole('cell', { name: unchanged, exact: true }).first().waitFor();
  },
};
