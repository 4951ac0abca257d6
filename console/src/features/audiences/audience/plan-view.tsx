import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { Figure, Figures } from '../../../ui/figure.tsx';
import { audienceWords as words } from '../../../words/audiences.ts';
import type { usePlan } from './use-plan.ts';

interface PlanViewProps {
  planned: NonNullable<ReturnType<typeof usePlan>['data']>;
}

/** Who would be added, removed and kept back, and why. */
export const PlanView = ({ planned: { add, remove, skipped } }: PlanViewProps): ReactNode => (
  <Stack gap={6}>
    <Title order={3}>{words.preflight}</Title>
    <Figures>
      <Figure label={words.plan.add} value={formatNumber(add)} />
      <Figure label={words.plan.remove} value={formatNumber(remove)} />
      <Figure label={words.plan.consent} value={formatNumber(skipped.consent)} />
      <Figure label={words.plan.suppressed} value={formatNumber(skipped.suppressed)} />
      <Figure label={words.plan.noIdentifier} value={formatNumber(skipped.noIdentifier)} />
    </Figures>
  </Stack>
);
