import { Problem } from '../errors.ts';
import type { FieldPolicy } from '../model/caller.ts';
import { seesAsMuch } from '../model/sees-as-much.ts';

/** Nobody gives away more of people than they are shown themselves. @throws Problem `FORBIDDEN` */
export const checkGrant = (own: FieldPolicy, given: FieldPolicy): void => {
  if (!seesAsMuch(own, given)) throw new Problem('FORBIDDEN', 'That would show more of people than you are shown');
};
