import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { shellWords } from '../words/shell.ts';
import { Failure } from './failure.tsx';

interface AnswerProps<Data> {
  query: UseQueryResult<Data>;
  /** How many lines are drawn as long as there is no answer. */
  lines?: number;
  children: (data: Data) => ReactNode;
}

/** Lines in place of what is not there yet. */
export const Waiting = ({ lines = 5 }: { lines?: number }): ReactNode => (
  <Stack gap="xs" role="status" aria-label={shellWords.loading}>
    {Array.from({ length: lines }, (_, line) => (
      <Skeleton key={String(line)} height={18} width={`${96 - ((line * 17) % 40)}%`} />
    ))}
  </Stack>
);

/** A question in its three states: asked, failed, answered. */
export const Answer = <Data,>({ query, lines, children }: AnswerProps<Data>): ReactNode => {
  if (query.isPending) return <Waiting {...(lines === undefined ? {} : { lines })} />;
  if (query.data === undefined) return <Failure failure={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {query.isError && <Failure failure={query.error} onRetry={() => void query.refetch()} />}
      {children(query.data)}
    </>
  );
};
