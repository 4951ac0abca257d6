import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './figure.module.css';

interface FigureProps {
  label: string;
  value: ReactNode;
  note?: ReactNode;
}

/** A number with what it counts. */
export const Figure = ({ label, value, note }: FigureProps): ReactNode => (
  <div className={styles.figure}>
    <dt>{label}</dt>
    <dd>{value}</dd>
    {note && (
      <Text component="dd" size="xs" c="dimmed" className={styles.note}>
        {note}
      </Text>
    )}
  </div>
);

/** Numbers side by side, parted by hairlines. */
export const Figures = ({ children }: { children: ReactNode }): ReactNode => (
  <dl className={styles.figures}>{children}</dl>
);
