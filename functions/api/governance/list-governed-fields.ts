import { governedFields, listGovernedFields } from '../../../core/contract/governance.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(listGovernedFields, async () => ({ items: governedFields() }));
