import type { Identifier } from './identifier.ts';

const strongTypes = new Set(['customerId', 'email', 'phone']);

/** Does it tell who somebody is, and not only which device was used? */
export const isStrong = ({ type }: Pick<Identifier, 'type'>): boolean =>
  strongTypes.has(type) || type.startsWith('custom:');
