import { Box, Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './panel.module.css';

interface PanelProps {
  title?: ReactNode;
  actions?: ReactNode;
  /** Whether what it shows goes to its edges. */
  flush?: boolean;
  children: ReactNode;
}

/** A bounded part of a page. */
export const Panel = ({ title, actions, flush = false, children }: PanelProps): ReactNode => (
  <section className={styles.panel}>
    {(title || actions) && (
      <Group justify="space-between" className={styles.head} wrap="nowrap">
        <Title order={2}>{title}</Title>
        <Group gap="xs" wrap="nowrap">
          {actions}
        </Group>
      </Group>
    )}
    <Box className={flush ? (styles.flush ?? '') : (styles.body ?? '')}>{children}</Box>
  </section>
);
