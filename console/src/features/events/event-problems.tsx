import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { eventWords } from '../../words/events.ts';
import type { EventTrace } from './use-event.ts';

const words = eventWords.detail;

const problemsOf = ({ quarantine, duplicateOf, refusedBecause, event }: EventTrace): string[] => [
  ...(quarantine?.reason === undefined ? [] : [quarantine.reason]),
  ...(duplicateOf === undefined ? [] : [`${words.duplicateOf} ${duplicateOf}`]),
  ...(refusedBecause === undefined ? [] : [refusedBecause]),
  ...(event?.originalTimestamp === undefined ? [] : [`${words.corrected}: ${event.originalTimestamp}`]),
];

/** What is wrong with an event. */
export const EventProblems = ({ trace }: { trace: EventTrace }): ReactNode => {
  const problems = problemsOf(trace);
  if (problems.length === 0) return <Text c="dimmed">{words.noProblems}</Text>;
  return (
    <List size="sm">
      {problems.map(problem => (
        <List.Item key={problem}>{problem}</List.Item>
      ))}
    </List>
  );
};
