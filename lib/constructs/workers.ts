import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { messages } from '../../core/contract/messages.ts';
import { schedules, streamConsumers } from '../../core/contract/workers.ts';
import type { FunctionSettings } from '../settings.ts';
import { workerWiring } from '../wiring.ts';
import { PlatformLogs } from './platform-logs.ts';
import type { PlatformParts } from './platform-parts.ts';
import { QueueWorker } from './queue-worker.ts';
import { ScheduledWorker } from './scheduled-worker.ts';
import { StreamWorker } from './stream-worker.ts';

/** What the workers need beside the contract. */
export interface WorkersProps {
  parts: PlatformParts;
  settings: FunctionSettings;
}

/** `foldEvents` → `FoldEvents`. */
const pascal = (camelCase: string): string => camelCase.charAt(0).toUpperCase() + camelCase.slice(1);

/** A nested stack with everything that a stream, a queue or a schedule drives. */
export class Workers extends NestedStack {
  constructor(scope: Construct, id: string, { parts, settings }: WorkersProps) {
    super(scope, id);
    const shared = { parts, logGroup: new PlatformLogs(this, 'Logs', parts.data.key) };
    const flushSeconds = Number(settings.EVENT_FLUSH_SECONDS);
    for (const consumer of streamConsumers) {
      const wiring = workerWiring[consumer.id];
      new StreamWorker(this, pascal(consumer.id), { ...shared, consumer, wiring, flushSeconds });
    }
    for (const message of messages) {
      const wiring = workerWiring[message.id];
      new QueueWorker(this, pascal(message.id), { ...shared, message, wiring, queue: parts.queues[message.id] });
    }
    for (const schedule of schedules) {
      new ScheduledWorker(this, pascal(schedule.id), { ...shared, schedule, wiring: workerWiring[schedule.id] });
    }
  }
}
