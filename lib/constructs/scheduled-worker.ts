import { Duration } from 'aws-cdk-lib';
import { Schedule as Rate, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { workerFile } from '../../core/contract/handler-file.ts';
import type { Schedule } from '../../core/contract/workers.ts';
import { acknowledge } from '../acknowledgements.ts';
import type { Wiring } from '../wiring.ts';
import { PlatformFunction } from './platform-function.ts';
import type { PlatformParts } from './platform-parts.ts';

/** A function that runs again and again. */
export interface ScheduledWorkerProps {
  parts: PlatformParts;
  schedule: Schedule;
  wiring: Wiring;
  logGroup: LogGroup;
}

/** A function on a clock. A missed run is not repeated: the next one finds everything that is due. */
export class ScheduledWorker extends Construct {
  constructor(scope: Construct, id: string, { parts, schedule, wiring, logGroup }: ScheduledWorkerProps) {
    super(scope, id);
    const handler = new PlatformFunction(this, schedule.id, {
      parts,
      logGroup,
      wiring,
      file: workerFile('jobs', schedule.id),
      description: schedule.summary,
      timeoutSeconds: schedule.timeoutSeconds,
    });
    handler.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    const every = Duration.minutes(schedule.rateMinutes);
    const target = new LambdaFunction(handler, { retryAttempts: 0, maxEventAge: Duration.minutes(1) });
    new Rule(this, 'Rule', { schedule: Rate.rate(every), description: schedule.summary, targets: [target] });
    acknowledge(this, 'nextRunRepeats');
  }
}
