/** A variable that the stack must have set. @throws Error naming it */
export const requireText = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
};

export const requireNumber = (name: string): number => {
  const value = Number(requireText(name));
  if (Number.isNaN(value)) throw new Error(`environment variable ${name} is not a number`);
  return value;
};

export const optionalText = (name: string): string | undefined => process.env[name] || undefined;

/** The settings of the deployment that functions decide by; checked when the stacks are synthesised. */
export const settings = () => ({
  stage: requireText('STAGE'),
  batchSizeMax: requireNumber('MAX_BATCH_SIZE'),
  accountCurrency: requireText('ACCOUNT_CURRENCY'),
  reportingTimezone: requireText('REPORTING_TIMEZONE'),
  cacheSeconds: requireNumber('CACHE_TTL_SECONDS'),
  realTimeSync: requireText('ENABLE_REAL_TIME_SYNC') === 'true',
  jwtIssuer: optionalText('JWT_ISSUER'),
  jwtAudience: optionalText('JWT_AUDIENCE'),
  /** `host:port,…` that deliveries may reach besides the public internet; set by the local runtime only. */
  egressAllow: (optionalText('CDP_EGRESS_ALLOW') ?? '').split(',').filter(entry => entry !== ''),
});
export type Settings = ReturnType<typeof settings>;
