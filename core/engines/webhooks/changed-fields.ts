import { sameValue } from '../../model/same-value.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * The names of what differs between two states, by dotted path to the second level; never a value.
 *
 * @example changedFields({ attributes: { city: 'Ulm' } }, { attributes: { city: 'Rom' } }) // ['attributes.city']
 */
export const changedFields = (before: Members, after: Members): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(part => {
    const [was, is] = [(before[part] ?? {}) as Members, (after[part] ?? {}) as Members];
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return names.filter(name => !sameValue(was[name], is[name])).map(name => `${part}.${name}`);
  });
