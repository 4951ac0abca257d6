const passing = new Set([
  ...['TimeoutError', 'NetworkingError', 'ServiceUnavailable', 'InternalServerError', 'InternalFailure'],
  ...[
    'ThrottlingException',
    'RequestLimitExceeded',
    'ProvisionedThroughputExceededException',
    'TooManyRequestsException',
  ],
]);
const brokenConnections = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

/** Was something that we depend on not there, or too busy, even after the SDK's own retries? Trying later may help. */
export const isOutage = (fault: unknown): boolean => {
  if (!(fault instanceof Error)) return false;
  const { name, code, $fault } = fault as Error & { code?: unknown; $fault?: unknown };
  return passing.has(name) || $fault === 'server' || brokenConnections.has(String(code));
};
