import { compareAudiences } from '../../../core/contract/audience-members.ts';
import { compareAudiences as compare } from '../../../core/flows/compare-audiences.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(compareAudiences, ({ params, query }, services) =>
  compare(params.id, query.compareWith, services),
);
