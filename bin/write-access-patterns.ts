/** Writes `docs/access-patterns.md`; a test tells when it is out of date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessPatternsDocument } from './access-patterns-document.ts';

const folder = join(import.meta.dirname, '../docs');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'access-patterns.md'), accessPatternsDocument());
