import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel } from '../../../ui/panel.tsx';
import { profileWords } from '../../../words/profiles.ts';
import type { Pair } from './use-pairs.ts';

const words = profileWords.queue;
const bitsMax = 20;
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero', maximumFractionDigits: 1 });

/** What speaks for one person and what against: each bit doubles or halves the odds. */
export const Evidence = ({ trace }: { trace: Pair['trace'] }): ReactNode => (
  <Panel title={words.evidence}>
    <Stack gap={6}>
      {trace.map(({ kind, field, level, bits }) => (
        <Group key={`${kind}-${field}-${level}`} gap="sm" wrap="nowrap">
          <Text w={170} truncate c="dimmed">
            {field || kind}
          </Text>
          <Text w={130} truncate>
            {level.replaceAll('_', ' ')}
          </Text>
          <Progress
            flex={1}
            size={6}
            aria-label={field || kind}
            value={Math.min(100, (Math.abs(bits) / bitsMax) * 100)}
            color={bits < 0 ? 'red' : 'teal'}
          />
          <Text w={80} ta="right">
            {words.bits(signed.format(bits))}
          </Text>
        </Group>
      ))}
    </Stack>
  </Panel>
);
