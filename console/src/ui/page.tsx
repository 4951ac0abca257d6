import './mantine-parts.ts';
import { Box, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './page.module.css';

interface PageProps {
  title: ReactNode;
  /** What stands beside the title: a count, a state. */
  beside?: ReactNode;
  hint?: ReactNode;
  actions?: ReactNode;
  /** Links to the parts of the page. */
  parts?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: its title, what can be done, its parts, and what it shows. */
export const Page = ({ title, beside, hint, actions, parts, children }: PageProps): ReactNode => (
  <Stack gap={0} h="100%">
    <Box className={styles.head}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Stack gap={0} miw={0}>
          <Group gap="sm" wrap="nowrap" align="baseline">
            <Title order={1} className={styles.title}>
              {title}
            </Title>
            {beside}
          </Group>
          {hint && <Text c="dimmed">{hint}</Text>}
        </Stack>
        <Group gap="xs" wrap="nowrap">
          {actions}
        </Group>
      </Group>
      {parts}
    </Box>
    <Box className={styles.body} tabIndex={0}>
      {children}
    </Box>
  </Stack>
);
