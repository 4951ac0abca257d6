import { sleep } from './log.mjs';

export const handler = async () => {
  await sleep(60_000);
  return 'too late';
};
