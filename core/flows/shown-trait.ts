import type { ShownTrait } from '../contract/traits.ts';
import type { StoredTrait } from '../model/trait.ts';

/** A trait as it is answered: by its name. */
export const shownTrait = ({ id: _id, version: _version, where, ...trait }: StoredTrait): ShownTrait => ({
  ...trait,
  ...(where === undefined ? {} : { where: where as ShownTrait['where'] }),
});
