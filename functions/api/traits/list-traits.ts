import { listTraits } from '../../../core/contract/traits.ts';
import { shownTrait } from '../../../core/flows/shown-trait.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listTraits, async (_, { traits }) => {
  const all = await traits.all();
  return { items: all.map(shownTrait).sort((left, right) => (left.createdAt < right.createdAt ? 1 : -1)) };
});
