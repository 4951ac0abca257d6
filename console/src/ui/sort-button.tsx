import { UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Column } from './column.ts';
import styles from './data-table.module.css';

interface SortButtonProps<Row> {
  column: Column<Row>;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

const orders = { ascending: IconArrowUp, descending: IconArrowDown };

/** The head of a column; where it can be sorted by, a press sorts, and another one turns the order round. */
export const SortButton = <Row,>({ column, sort, onSort }: SortButtonProps<Row>): ReactNode => {
  const { title, isNumber, sort: by } = column;
  const order = by === undefined ? undefined : sort === by ? 'ascending' : sort === `-${by}` ? 'descending' : undefined;
  const Icon = order && orders[order];
  const next = order === 'descending' || (order === undefined && !isNumber) ? by : `-${by}`;
  return (
    <th scope="col" aria-sort={order ?? 'none'} className={styles.cell} data-number={isNumber || undefined}>
      {by !== undefined && onSort ? (
        <UnstyledButton className={styles.sort} onClick={() => onSort(next ?? by)}>
          {title}
          {Icon && <Icon size={13} aria-hidden />}
        </UnstyledButton>
      ) : (
        title
      )}
    </th>
  );
};
