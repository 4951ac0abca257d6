import { Box, Group, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Ago } from '../../../ui/ago.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { profileWords } from '../../../words/profiles.ts';
import styles from './pair-list.module.css';
import { PairView } from './pair-view.tsx';
import type { Pair } from './use-pairs.ts';

/** The pairs at the side, the chosen one beside them. */
export const PairList = ({ pairs }: { pairs: readonly Pair[] }): ReactNode => {
  const [chosen, setChosen] = useState<string>();
  const shown = pairs.find(({ id }) => id === chosen) ?? pairs[0];
  return (
    <Box className={styles.split}>
      <section className={styles.list} aria-label={profileWords.queue.title}>
        {pairs.map(pair => (
          <UnstyledButton
            key={pair.id}
            className={styles.pair}
            aria-current={pair === shown}
            onClick={() => setChosen(pair.id)}
          >
            <Group justify="space-between" wrap="nowrap">
              <Text fw={600}>{profileWords.queue.score(pair.score)}</Text>
              <StateBadge state={pair.status} />
            </Group>
            <Text size="xs" c="dimmed" truncate>
              {pair.trace
                .filter(({ bits, kind }) => bits > 0 && kind !== 'prior')
                .map(({ field }) => field)
                .join(', ')}
            </Text>
            <Text size="xs" c="dimmed">
              <Ago at={pair.updatedAt} />
            </Text>
          </UnstyledButton>
        ))}
      </section>
      {shown && <PairView key={shown.id} pair={shown} />}
    </Box>
  );
};
