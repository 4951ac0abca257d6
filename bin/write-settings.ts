/** Writes `docs/settings.md` from the tables of settings and of placement. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsDocument } from '../lib/settings-document.ts';

writeFileSync(join(import.meta.dirname, '../docs/settings.md'), settingsDocument());
