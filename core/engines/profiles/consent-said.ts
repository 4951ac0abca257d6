import type { AcceptedEvent } from '../../model/accepted-event.ts';
import { type ConsentStatement, consentStatements, type PersonRecord } from '../../model/profile-state.ts';
import { writeFromEvent } from './commit-events.ts';

/**
 * What events say about consent, one after the other: of two that contradict each other both have been said, though only
 * one holds.
 */
export const consentSaid = (before: PersonRecord, events: readonly AcceptedEvent[]): ConsentStatement[] => {
  const said: ConsentStatement[] = [];
  let person = before;
  for (const event of events) {
    const next = writeFromEvent(person, event);
    said.push(...consentStatements(person, next));
    person = next;
  }
  return said;
};
