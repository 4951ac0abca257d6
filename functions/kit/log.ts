import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

const serviceName = 'cdp';

/** Structured logs. Ids, counts and codes only: nothing that a person wrote or is known by. */
export const log = new Logger({ serviceName });

/** Metrics in the embedded format, published through the log. */
export const metrics = new Metrics({ namespace: 'CustomerDataPlatform', serviceName });
