import { foldWindow } from '../../core/flows/fold-window.ts';
import { eventConsumer } from '../kit/event-consumer.ts';
import { count, log } from '../kit/log.ts';

export const handler = eventConsumer('foldEvents', async (events, services) => {
  const { accountCurrency } = services.settings;
  const { failed, stored, duplicates, quarantined, refused } = await foldWindow(events, {
    ...services,
    accountCurrency,
  });
  log.info('window folded', { stored, duplicates, quarantined, refused, failed: failed.length });
  count({ EventsStored: stored, EventsRepeated: duplicates, EventsQuarantined: quarantined, EventsRefused: refused });
  return failed;
});
