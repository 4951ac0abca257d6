import { foldSpilledEvents, type MessageBody } from '../../core/contract/messages.ts';
import { foldSpilled } from '../../core/flows/fold-spilled.ts';
import type { OpenedEnvelope } from '../../core/model/batch-part.ts';
import { consumer } from '../kit/consumer.ts';
import { count, log } from '../kit/log.ts';
import type { Services } from '../kit/services.ts';

type Spilled = MessageBody<typeof foldSpilledEvents>;

export const handler = consumer(foldSpilledEvents, async (messages, services) => {
  const opened = messages.map(message => ({ message, envelope: openOrLeave(message, services) }));
  const readable = opened.flatMap(({ message, envelope }) => (envelope ? [{ ...envelope, message }] : []));
  const { accountCurrency, consentRequired, consentExempt } = services.settings;
  const { stored, duplicates, quarantined, refused, again } = await foldSpilled(readable, {
    ...services,
    accountCurrency,
    consentRequired,
    consentExempt,
  });
  log.info('spilled events folded', { stored, duplicates, quarantined, refused });
  count({ EventsStored: stored, EventsRepeated: duplicates, EventsQuarantined: quarantined, EventsRefused: refused });
  const unreadable = opened.flatMap(({ message, envelope }) => (envelope ? [] : [message]));
  return new Set([...unreadable, ...again.map(({ message }) => message)]);
});

/** What cannot be read ends in the dead-letter queue and holds up nobody. */
const openOrLeave = ({ envelope }: Spilled, { openEnvelope }: Services): OpenedEnvelope | undefined => {
  const data = Buffer.from(envelope, 'base64');
  try {
    return openEnvelope(data);
  } catch {
    log.error('spilled envelope cannot be read', { bytes: data.length });
    return undefined;
  }
};
