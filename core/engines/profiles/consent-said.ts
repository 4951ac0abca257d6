import type { AcceptedEvent } from '../../model/accepted-event.ts';
import {
  type ConsentStatement,
  consentStatements,
  type PersonRecord,
  type Provenance,
} from '../../model/profile-state.ts';
import { withOptOut, writeFromEvent } from './commit-events.ts';

/**
 * What objections of others who share an identifier, and then events, say about consent, one after the other: of two
 * that contradict each other both have been said, though only one holds.
 */
export const consentSaid = (
  before: PersonRecord,
  events: readonly AcceptedEvent[],
  optOuts: readonly Provenance[] = [],
): ConsentStatement[] => {
  const said: ConsentStatement[] = [];
  let person = before;
  const note = (next: PersonRecord): void => {
    said.push(...consentStatements(person, next));
    person = next;
  };
  for (const optOut of optOuts) note(withOptOut(person, optOut));
  for (const event of events) note(writeFromEvent(person, event));
  return said;
};
