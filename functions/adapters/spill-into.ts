import type { foldSpilledEvents, MessageBody } from '../../core/contract/messages.ts';
import type { Queue } from '../../core/ports/outlets.ts';
import type { Spill } from './kinesis-event-stream.ts';

/** Sends envelopes that the stream refuses to a queue, one message each, as text. */
export const spillInto =
  (queue: Queue<MessageBody<typeof foldSpilledEvents>>): Spill =>
  envelopes =>
    queue.send(envelopes.map(({ data }) => ({ envelope: Buffer.from(data).toString('base64') })));
