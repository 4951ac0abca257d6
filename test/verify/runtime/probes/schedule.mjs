import { log } from './log.mjs';

export const handler = async event => {
  log({ kind: 'begin', event });
};
