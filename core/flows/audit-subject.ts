import type { AuditLog } from '../ports/audit-log.ts';

/** What our own ids look like: a word, a dash, and what nobody is known by elsewhere. */
const ownId = /^[a-z]+(?:-[a-z]+)*-[0-9A-Za-z]{6,64}$/;

/** How a subject is on record: our own ids as they are, everything else by a keyed hash, since it may tell who it is. */
export const auditSubject = async (text: string, audit: Pick<AuditLog, 'pseudonym'>): Promise<string> =>
  ownId.test(text) ? text : audit.pseudonym(text);
