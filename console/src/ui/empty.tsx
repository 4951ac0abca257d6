import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyProps {
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
}

/** There is nothing yet: why that is so, and how something comes here. */
export const Empty = ({ title, hint, action }: EmptyProps): ReactNode => (
  <Stack align="center" gap={6} py={48} px="md" ta="center">
    <Text fw={500} size="md">
      {title}
    </Text>
    {hint && (
      <Text c="dimmed" maw={440}>
        {hint}
      </Text>
    )}
    {action}
  </Stack>
);
