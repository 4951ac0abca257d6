import { getImport } from '../../../core/contract/imports.ts';
import { showImport } from '../../../core/flows/show-import.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getImport, ({ params, caller }, services) =>
  showImport(params.id, caller.fieldPolicy, services),
);
