/** What the programs on this machine read from their environment, besides the settings of a deployment. */
export interface MachineVariable {
  name: string;
  means: string;
  byDefault?: string;
}

export const machineVariables: readonly MachineVariable[] = [
  { name: 'PORT', means: 'The one HTTP port, on 127.0.0.1.', byDefault: '`3001`' },
  { name: 'CDP_STATE_DIR', means: 'Where the state lies; two platforms need two.', byDefault: '`.cdp`' },
  {
    name: 'CDP_ADMIN_KEY',
    means: 'The admin key of the local platform; also the key of `npx cdp`. Made at the first start when absent.',
  },
  { name: 'CDP_WRITE_KEY', means: 'The write key of the local platform. Made at the first start when absent.' },
  { name: 'CDP_KEY', means: 'The key that `npx cdp` uses.' },
  {
    name: 'CDP_EGRESS_ALLOW',
    means:
      '`host:port,…` that deliveries may reach besides the public internet. Synth refuses it, so it reaches no deployment.',
    byDefault: 'the port after `PORT`',
  },
  { name: 'DYNAMODB_ENDPOINT', means: 'A DynamoDB engine of your own in place of the embedded one.' },
  {
    name: 'DATABASE_URL',
    means: 'Read by nothing: records are kept in DynamoDB, on a laptop in an embedded one. A start-up line says so.',
  },
  {
    name: 'REDIS_URL',
    means: 'Read by nothing: functions remember in their own memory, for moments. A start-up line says so.',
  },
  {
    name: 'DEBUG',
    means:
      '`cdp:*` logs everything: the log level is DEBUG unless `LOG_LEVEL` says otherwise, and `npm start` prints metrics.',
  },
  { name: 'CDP_VALIDATION', means: '`off` leaves out the checks of the templates at synth.' },
];
