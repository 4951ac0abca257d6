import { addMembers } from '../../../core/contract/segment-insight.ts';
import { addMembers as add } from '../../../core/flows/manual-members.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(addMembers, ({ params, body }, services) => add(params.id, body.profileIds, services));
