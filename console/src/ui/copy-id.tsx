import { CopyButton, Text, Tooltip, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { commonWords } from '../words/common.ts';

/** An id, which a press copies. */
export const CopyId = ({ id }: { id: string }): ReactNode => (
  <CopyButton value={id}>
    {({ copied, copy }) => (
      <Tooltip label={copied ? commonWords.copied : commonWords.copy}>
        <UnstyledButton onClick={copy} aria-label={`${commonWords.copy} ${id}`}>
          <Text size="xs" c="dimmed" ff="monospace" truncate maw={220}>
            {id}
          </Text>
        </UnstyledButton>
      </Tooltip>
    )}
  </CopyButton>
);
