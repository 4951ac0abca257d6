import { foldWindow } from '../../core/flows/fold-window.ts';
import { eventConsumer } from '../kit/event-consumer.ts';
import { log } from '../kit/log.ts';

export const handler = eventConsumer('foldEvents', async (events, services) => {
  const { accountCurrency } = services.settings;
  const { failed, ...counts } = await foldWindow(events, { ...services, accountCurrency });
  log.info('window folded', { ...counts, failed: failed.length });
  return failed;
});
