import { startImport } from '../../../core/contract/imports.ts';
import { startImport as start } from '../../../core/flows/start-import.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(startImport, async ({ params }, services) => {
  const { id } = await start(params.id, services);
  return { jobId: id };
});
