import { deleteTrait } from '../../../core/contract/traits.ts';
import { deleteTrait as remove } from '../../../core/flows/delete-trait.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteTrait, async ({ params: { name } }, services) => {
  await remove(name, services);
  return undefined;
});
