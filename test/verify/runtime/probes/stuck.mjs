import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { log } from './log.mjs';

/** Never ends at the first attempt, not even for a moment: only the end of its thread helps. */
export const handler = async event => {
  const ids = event.Records.map(({ kinesis }) => JSON.parse(Buffer.from(kinesis.data, 'base64')).id);
  log({ kind: 'begin', ids });
  const mark = join(process.env.PROBE_LOGS, 'stuck-once');
  if (!existsSync(mark)) {
    writeFileSync(mark, '');
    for (;;);
  }
  log({ kind: 'end', ids });
};
