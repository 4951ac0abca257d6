import assert from 'node:assert/strict';
import { until } from '../../fixtures/until.ts';
import { type Journey, run } from '../journey.ts';

const hostile = '<script>document.title = "taken"</script> \u202Edesrever';

/** Feed → event → quarantine → fix → re-drive. */
export const eventsJourney: Journey = {
  name: 'Events: a live event is opened, one that was kept aside is mended and has its effect',
  take: async (at, api) => {
    const { id: profileId } = await api.createProfile({ body: { email: `feed.${run}@journey.example` } });
    await at.go('/events');
    await at.says('Following');
    await api.trackEvent({ body: { profileId, type: 'journey_seen', properties: { note: hostile } } });
    await at.page.getByRole('cell').getByText('journey_seen').click();
    await at.page.getByRole('dialog').getByText(hostile).first().waitFor();
    await at.page.getByRole('dialog').getByText('Raw', { exact: true }).click();
    await at.page.keyboard.press('Escape');
    assert.notEqual(await at.page.title(), 'taken');

    const lost = { profileId: `profile-${run}`, type: `lost_${run}`, properties: {} };
    await api.trackEvent({ body: lost });
    const asides = async () => (await api.listQuarantine({ query: { type: lost.type } })).items;
    await until('the quarantine', async () => (await asides()).length === 1);
    const [kept] = await asides();
    await at.go('/events?part=quarantine');
    await at.button('Fix').first().click();
    await at.field(/^What is to be changed/).fill(JSON.stringify({ profileId }));
    await at.button('Try it').click();
    await at.says('1 would pass, 0 would stay.');
    await at.button('Send on').click();
    await at.says('1 were sent on, 0 stay.');
    await until('its effect', async () => {
      const { items } = await api.listProfileEvents({ params: { id: profileId }, query: { type: lost.type } });
      return items.some(({ messageId }) => messageId === kept?.event.messageId);
    });
  },
};
