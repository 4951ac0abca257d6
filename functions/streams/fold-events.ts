import { foldWindow } from '../../core/flows/fold-window.ts';
import { namingBatches } from '../../core/flows/naming-batches.ts';
import { reportBatches } from '../../core/flows/report-batches.ts';
import { reportDropped } from '../../core/flows/report-dropped.ts';
import { eventConsumer } from '../kit/event-consumer.ts';
import { count, log } from '../kit/log.ts';

export const handler = eventConsumer('foldEvents', async (events, services, envelopes) => {
  const { profiles, identity, identityConfig, erasedKeys, scoring, newId, now, settings } = services;
  const quarantine = namingBatches(envelopes, services.quarantine);
  const tools = { profiles, identity, identityConfig, erasedKeys, scoring, quarantine, newId, now };
  const outcome = await foldWindow(events, { ...tools, ...settings });
  const { failed, stored, duplicates, quarantined, refused } = outcome;
  await reportBatches(envelopes, outcome, services);
  await reportDropped(outcome, services);
  log.info('window folded', { stored, duplicates, quarantined, refused, failed: failed.length });
  count({ EventsStored: stored, EventsRepeated: duplicates, EventsQuarantined: quarantined, EventsRefused: refused });
  return failed;
});
