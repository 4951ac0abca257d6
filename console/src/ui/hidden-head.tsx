import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** The head of a column whose cells speak for themselves. */
export const HiddenHead = ({ children }: { children: ReactNode }): ReactNode => (
  <Table.Th>
    <span className="visually-hidden">{children}</span>
  </Table.Th>
);
