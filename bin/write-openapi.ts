/** `npx tsx bin/write-openapi.ts`: writes the OpenAPI document of the contract to `docs/openapi.json`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { routes } from '../core/contract/index.ts';
import { openApiDocument } from '../core/contract/openapi.ts';

const folder = join(import.meta.dirname, '../docs');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'openapi.json'), `${JSON.stringify(openApiDocument(routes), undefined, 2)}\n`);
