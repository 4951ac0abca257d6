import assert from 'node:assert/strict';
import { until } from '../../fixtures/until.ts';
import { type Journey, run } from '../journey.ts';

const numberIn = (text: string): number => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', ''));

/** Nested conditions → live count → save → the same number of members → explain. */
export const segmentsJourney: Journey = {
  name: 'Segments: nested rules are counted live, saved, filled with as many, and explained',
  take: async (at, api) => {
    await at.go('/segments/new');
    await at.field(/^Name/).fill(`Journey ${run}: buyers of two countries`);
    await at.page.getByRole('combobox', { name: 'Comparison' }).selectOption('in');
    const values = at.page.getByRole('combobox', { name: 'Value' }).or(at.page.getByLabel('Value')).first();
    for (const country of ['DE', 'FR']) {
      await values.fill(country);
      await values.press('Enter');
    }
    await at.button('Group').click();
    const inner = at.page.locator('[data-depth="1"]');
    await inner.getByText('Any of').click();
    await at.page.getByLabel('Field').nth(1).click();
    await at.page.getByRole('option', { name: 'Number of purchases' }).click();
    await inner.getByRole('combobox', { name: 'Comparison' }).selectOption('>=');
    await inner.getByLabel('Value').fill('2');
    await at.says(/Country is one of “DE” and “FR” and \(Number of purchases is at least 2\)/);
    const shown = at.page.getByTestId('live-count');
    const rules = {
      operator: 'AND' as const,
      conditions: [
        { field: 'attributes.country', operator: 'in' as const, value: ['DE', 'FR'] },
        {
          operator: 'OR' as const,
          conditions: [{ field: 'computed.purchaseCount', operator: '>=' as const, value: 2 }],
        },
      ],
    };
    const { total = 0 } = await api.searchProfiles({ body: { rules } });
    await until('the live count', async () => numberIn((await shown.textContent()) ?? '') === total);
    await at.button('Save segment').click();
    await at.page.waitForURL(/\/segments\/segment-/);
    const id = at.page.url().split('/').at(-1) ?? '';
    assert.deepEqual((await api.getSegment({ params: { id } })).rules, rules);
    await until('the members', async () => {
      const size = await api.getSegmentSize({ params: { id }, query: { exact: 'true' } });
      return !size.stale && size.count === total;
    });
    await at.says(new RegExp(`^${total.toLocaleString('en-US')} people · as of`));
    const rows = Number(await at.page.getByRole('table', { name: 'Members' }).getAttribute('aria-rowcount')) - 1;
    assert.equal(rows, total, 'the count and the list differ');

    const [member] = (await api.listMembers({ params: { id }, query: { limit: 1 } })).items;
    const address = member?.profile.attributes.email ?? '';
    await at.link('Explain').click();
    await at.choose('Person', new RegExp(address.replaceAll('.', '\\.')), address);
    await at.says('In the segment');
    await at.page.getByRole('img', { name: 'holds', exact: true }).first().waitFor();
  },
};
