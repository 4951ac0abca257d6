import { deleteAudience } from '../../../core/contract/audiences.ts';
import { deleteAudience as remove } from '../../../core/flows/delete-audience.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(deleteAudience, ({ params, query }, services) =>
  remove(params.id, query.removeRemote, services),
);
