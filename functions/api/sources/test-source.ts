import { testSource } from '../../../core/contract/sources.ts';
import { testSource as test } from '../../../core/flows/test-source.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(testSource, ({ params }, services) => test(params.id, services));
