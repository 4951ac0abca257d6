import { ActionIcon, Alert, Code, CopyButton, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { commonWords } from '../words/common.ts';

interface SecretOnceProps {
  title: string;
  secret: string;
}

/** A secret that is shown this once. */
export const SecretOnce = ({ title, secret }: SecretOnceProps): ReactNode => (
  <Alert color="yellow" title={title} role="status">
    <Text>{commonWords.shownOnce}</Text>
    <Group gap="xs" wrap="nowrap" mt="xs">
      <Code data-testid="secret" style={{ overflowWrap: 'anywhere' }}>
        {secret}
      </Code>
      <CopyButton value={secret}>
        {({ copied, copy }) => (
          <ActionIcon aria-label={copied ? commonWords.copied : commonWords.copy} onClick={copy}>
            {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  </Alert>
);
