import { Problem } from '../errors.ts';
import type { FieldPolicy } from '../model/caller.ts';
import { seesClasses } from '../model/sees-as-much.ts';

/**
 * Nobody gives away more of people than they are shown themselves. Rules of single fields hold for whoever calls.
 *
 * @throws Problem `FORBIDDEN`
 */
export const checkGrant = (own: FieldPolicy, given: FieldPolicy): void => {
  if (!seesClasses(own, given)) throw new Problem('FORBIDDEN', 'That would show more of people than you are shown');
};
