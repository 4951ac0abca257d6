import assert from 'node:assert/strict';
import { until } from '../../fixtures/until.ts';
import { type Journey, run } from '../journey.ts';

const one = {
  email: `mina.${run}@journey.example`,
  firstName: 'Mina',
  lastName: `Park-${run}`,
  city: 'Seoul',
  country: 'KR',
};
const other = { email: `m.${run}@journey.example`, firstName: 'M.', lastName: 'Park', city: 'Busan', country: 'KR' };

/** Search → 360° → edit against somebody faster → merge → un-merge. */
export const profilesJourney: Journey = {
  name: 'Profiles: found, edited although somebody was faster, merged after a preview, un-merged',
  take: async (at, api) => {
    const { id } = await api.createProfile({ body: one });
    const { id: otherId } = await api.createProfile({ body: other });
    await at.go('/profiles');
    await at.page.getByRole('textbox', { name: /^Search by name/ }).fill(`mina.${run}`);
    await at.link(`Mina Park-${run}`).click();
    await at.says('Golden record');
    await at.says('Seoul');

    await at.button('Edit').click();
    await at.field('City').fill('Incheon');
    await api.updateProfile({ params: { id }, body: { attributes: { city: 'Daegu' } } });
    await at.button('Save').click();
    await at.says('Somebody changed this profile while you were editing');
    await at.page.getByRole('dialog').getByRole('cell', { name: 'Daegu', exact: true }).waitFor();
    await at.button('Save mine').click();
    await at.says('The profile is changed.');
    assert.equal((await api.getProfile({ params: { id } })).attributes.city, 'Incheon');

    await at.button('Merge').click();
    await at.choose('The other profile: its id, or whom to search for', new RegExp(`· m\\.${run}`), `m.${run}@journey`);
    await at.says('What becomes of each field');
    await at.page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click();
    await until('the merge', async () => (await api.getProfile({ params: { id: otherId } })).id === id);

    await at.go(`/profiles/${id}?part=identity`);
    await at.button('Undo').click();
    await at.field(/^Why/).fill('Two people');
    await at.button('Show what becomes of both').click();
    await at.says('After it');
    await at.button('Undo the merge').click();
    await until('the un-merge', async () => (await api.getProfile({ params: { id: otherId } })).id === otherId);
  },
};
