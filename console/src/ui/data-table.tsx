import { Box } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Column } from './column.ts';
import styles from './data-table.module.css';
import { SortButton } from './sort-button.tsx';

interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** How many there are altogether, where that is known. */
  total?: number | undefined;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  /** Asked for when the end comes near. */
  onEnd?: (() => void) | undefined;
}

const rowHeight = 36;
const aheadRows = 30;

/** In place of the rows that are not drawn. */
const Spacer = ({ height }: { height: number }): ReactNode =>
  height > 0 ? (
    <tr aria-hidden>
      <td style={{ height, padding: 0 }} />
    </tr>
  ) : null;

/** A table that draws only what is seen, however long it is. Sorted by a name, with a minus where the largest come first. */
export const DataTable = <Row,>(props: DataTableProps<Row>): ReactNode => {
  const { label, columns, rows, keyOf, total, sort, onSort, onEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - aheadRows) onEnd?.();
  }, [last, rows.length, onEnd]);
  return (
    <Box className={styles.frame ?? ''} ref={frame} tabIndex={0}>
      <table aria-label={label} aria-rowcount={(total ?? rows.length) + 1} className={styles.table}>
        <colgroup>
          {columns.map(({ name, width }) => (
            <col key={name} style={{ width }} />
          ))}
        </colgroup>
        <thead className={styles.head}>
          <tr aria-rowindex={1}>
            {columns.map(column => (
              <SortButton key={column.name} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={lines[0]?.start ?? 0} />
          {lines.map(({ index }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <tr key={keyOf(row)} aria-rowindex={index + 2} className={styles.row}>
                {columns.map(({ name, isNumber, cell }) => (
                  <td key={name} className={styles.cell} data-number={isNumber || undefined}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer height={virtual.getTotalSize() - (lines.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </Box>
  );
};
