import { addSuppressions } from '../../../core/contract/suppressions.ts';
import { suppressPeople } from '../../../core/flows/suppress-people.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(addSuppressions, async ({ body }, services) => ({
  added: await suppressPeople(body, 'api', services),
}));
