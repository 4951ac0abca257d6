import assert from 'node:assert/strict';
import type { Journey } from '../journey.ts';

/** ⌘K leads to whatever has a name; the keyboard alone is enough; the colours are kept. */
export const shellJourney: Journey = {
  name: 'Shell: ⌘K finds a person and a segment by keys alone, dark stays dark, nothing is inline',
  take: async (at, api) => {
    const [segment] = (await api.listSegments()).items;
    await at.go('/profiles');
    await at.page.keyboard.press('Control+K');
    await at.page
      .getByRole('dialog')
      .getByRole('textbox')
      .or(at.page.getByRole('dialog').getByRole('combobox'))
      .first()
      .waitFor();
    await at.page.keyboard.type(segment?.name.slice(0, 12) ?? '');
    await at.page
      .getByRole('dialog')
      .getByText(segment?.name ?? '')
      .first()
      .waitFor();
    await at.page.keyboard.press('ArrowDown');
    await at.page.keyboard.press('Enter');
    await at.page.waitForURL(/\/(segments|audiences|profiles)\//);

    await at.button('Switch to dark colours').click();
    await at.go('/segments');
    assert.equal(await at.page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
    await at.button('Switch to light colours').click();

    const answer = await at.page.request.get(`${at.url}/segments`);
    assert.match(answer.headers()['content-security-policy'] ?? '', /script-src 'self';/);
    await at.go('/nowhere');
    await at.says('There is no such page.');
  },
};
