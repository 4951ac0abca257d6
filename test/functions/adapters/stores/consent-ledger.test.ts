import { expect, test } from 'vitest';
import { blankProfile } from '../../../../core/engines/profiles/commit-events.ts';
import type { ConsentStatement } from '../../../../core/model/profile-state.ts';
import { consentItems, consentLedger } from '../../../../functions/adapters/stores/consent-ledger.ts';
import { memoryTable } from '../../../../functions/adapters/table/memory-table.ts';

const after = blankProfile('profile-1', 0);

/** A word with all that shows it. */
const word = (at: number): ConsentStatement => ({
  ...{ at, id: `m-${at}`, source: 'form', changes: { email: at % 2 === 0 }, pending: { sms: `token-${at}` } },
  ...{ textVersion: 'v1', textHash: 'hash', jurisdiction: 'EU', formId: `form-${at}`, ipHash: 'ip', expiresAt: 99 },
});

test.each([1, 4, 5, 9])(
  'of %d words in one commit all are kept, oldest first, each with what shows it',
  async count => {
    const table = memoryTable();
    const said = Array.from({ length: count }, (_, at) => word(at));
    const items = consentItems({ before: after, after, said });
    expect(items.length).toBe(Math.min(4, count));
    for (const item of items) await table.write({ kind: 'put', item });
    expect(await consentLedger(table, after.id)).toEqual(said);
  },
);
