import './mantine-parts.ts';
import { Alert, Button, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { commonWords } from '../words/common.ts';
import { wordsOfFailure } from './words-of-failure.ts';

interface FailureProps {
  failure: unknown;
  onRetry?: (() => void) | undefined;
}

/** Why there is nothing to see here, and a way on. */
export const Failure = ({ failure, onRetry }: FailureProps): ReactNode => {
  const { title, details, requestId } = wordsOfFailure(failure);
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle size={18} />} role="alert">
      <List size="sm" listStyleType="none" spacing={2}>
        {details.map(detail => (
          <List.Item key={detail}>{detail}</List.Item>
        ))}
      </List>
      <Group mt="xs" gap="sm">
        {onRetry && (
          <Button variant="default" onClick={onRetry}>
            {commonWords.retry}
          </Button>
        )}
        {requestId && (
          <Text size="xs" c="dimmed">
            {commonWords.requestId(requestId)}
          </Text>
        )}
      </Group>
    </Alert>
  );
};
