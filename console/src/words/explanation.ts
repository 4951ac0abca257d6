/** Why somebody is in a segment, or not. */
export const explanationWords = {
  title: 'Why?',
  member: 'In the segment',
  notMember: 'Not in the segment',
  since: 'since',
  holds: 'holds',
  fails: 'does not hold',
  all: 'All of',
  any: 'Any of',
  not: 'None of',
  observed: 'observed',
  evidence: (count: number) => (count === 1 ? '1 event' : `${count} events`),
  changesAt: 'changes by itself',
  flipTitle: 'What would have to change',
  mustHold: 'must hold',
  mustNotHold: 'must not hold',
};
