import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { Answer } from '../../../ui/answer.tsx';
import { settingsWords } from '../../../words/settings.ts';
import { ConfigForm } from './config-form.tsx';
import { useIdentityConfig } from './use-identity-config.ts';

const words = settingsWords.identity;

/** How it is decided who is who, and what another way would come to. */
export const IdentityPart = (): ReactNode => {
  const query = useIdentityConfig();
  return (
    <Answer query={query}>
      {({ result, etag }) => (
        <Stack gap="sm" maw={860}>
          <Text c="dimmed">
            {words.hint} · {words.version(formatNumber(result.version))}
          </Text>
          <ConfigForm key={result.version} config={result} etag={etag} />
        </Stack>
      )}
    </Answer>
  );
};
