import assert from 'node:assert/strict';
import { type Journey, run } from '../journey.ts';

/** Counts lead to the list that they count; the log holds; an objection is recorded. */
export const privacyJourney: Journey = {
  name: 'Privacy: a count leads to its list, the audit chain holds, an objection is recorded',
  take: async (at, api) => {
    await at.go('/privacy');
    const row = at.page.getByRole('row').filter({ hasText: 'E-mail' }).first();
    const { total } = await api.searchProfiles({ body: { emailConsent: true } });
    await row.getByRole('link').click();
    await at.says(new RegExp(`^${total?.toLocaleString('en-US')} · as of`));
    const rows = Number(await at.page.getByRole('table', { name: 'Profiles' }).getAttribute('aria-rowcount')) - 1;
    assert.equal(rows, total, 'the count and the list differ');

    await at.go('/privacy?part=audit');
    await at.button('Verify the chain').click();
    await at.says(/The chain holds: [\d,]+ entries checked\./);

    const { id } = await api.createProfile({ body: { email: `objects.${run}@journey.example` } });
    await at.go('/privacy?part=ccpa');
    await at.choose('Person', new RegExp(`objects\\.${run}`), `objects.${run}`);
    await at.says('Has not objected');
    await at.button('Record the objection').click();
    await at.says(/^Objects to sale and sharing/);
    assert.equal((await api.getOptOut({ params: { profileId: id } })).optedOut, true);
  },
};
