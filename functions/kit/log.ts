import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

const serviceName = 'cdp';

/** Structured logs. Ids, counts and codes only: nothing that a person wrote or is known by. */
export const log = new Logger({ serviceName });

const metrics = new Metrics({ namespace: 'CustomerDataPlatform', serviceName });

/** Publishes counts as metrics, by name; they travel in the log (embedded metric format). */
export const count = (counts: Readonly<Record<string, number>>): void => {
  for (const [name, value] of Object.entries(counts)) metrics.addMetric(name, MetricUnit.Count, value);
  metrics.publishStoredMetrics();
};
