import { createImport } from '../../../core/contract/imports.ts';
import { createImport as create } from '../../../core/flows/create-import.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(createImport, ({ body }, services) => create(body, services));
