import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

/** Takes what a file `.env` sets and the environment does not. */
export const readEnvironmentFile = (path = '.env'): void => {
  if (existsSync(path)) loadEnvFile(path);
};
