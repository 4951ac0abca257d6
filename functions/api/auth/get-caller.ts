import { getCaller } from '../../../core/contract/auth.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getCaller, async ({ caller }) => caller);
