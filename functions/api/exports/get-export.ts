import { getExport } from '../../../core/contract/exports.ts';
import { showExport } from '../../../core/flows/show-export.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(getExport, ({ params, caller }, services) =>
  showExport(params.id, caller.fieldPolicy, services),
);
