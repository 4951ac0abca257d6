import { until } from '../../fixtures/until.ts';
import { type Journey, run } from '../journey.ts';

const file = [
  'E-Mail,Given name,City,Plan',
  `ada@${run}.example,Ada,London,gold`,
  `grace@${run}.example,Grace,Arlington,silver`,
  'not an address,Nobody,Nowhere,none',
].join('\n');

/** A file with columns of its own → mapping → trial → import. */
export const importsJourney: Journey = {
  name: 'Import: columns are mapped, a trial changes nothing, the import brings everybody but the bad row',
  take: async (at, api) => {
    await at.go('/events?part=import');
    const given = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(file) };
    await at.page.locator('input[type="file"]').setInputFiles(given);
    await at.choose('Becomes: Given name', 'firstName', 'firstName');
    const found = async (): Promise<number> =>
      (await api.searchProfiles({ body: { email: `@${run}.example` } })).total ?? 0;
    await at.button('Try it').click();
    await at.says('This is what would come of it; nothing was changed.');
    await at.page.getByRole('cell', { name: /email/ }).first().waitFor();
    if ((await found()) !== 0) throw new Error('the trial has written somebody');
    await at.button('Import').click();
    await at.says('The import is done.');
    await until('the people', async () => (await found()) === 2);
    const ada = await api.lookupProfile({ query: { type: 'email', value: `ada@${run}.example` } });
    const { firstName, city, customFields } = ada.attributes;
    const said = JSON.stringify([firstName, city, customFields?.Plan]);
    if (said !== JSON.stringify(['Ada', 'London', 'gold'])) throw new Error(`the columns came to ${said}`);
  },
};
