/** What stands in the place of services that other platforms need an address of. */
const inPlaceOf = {
  DATABASE_URL: 'records are kept in DynamoDB (here: an embedded one)',
  REDIS_URL: 'functions remember in their own memory',
} as const;

/** One line for addresses that are given and not needed; `undefined` when none is given. */
export const unusedVariables = (environment: NodeJS.ProcessEnv): string | undefined => {
  const given = Object.entries(inPlaceOf).filter(([name]) => environment[name]);
  if (given.length === 0) return undefined;
  return `Not used: ${given.map(([name, instead]) => `${name} (${instead})`).join(', ')}.`;
};
