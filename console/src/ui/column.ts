import type { ReactNode } from 'react';

/** A column: its title, its share of the width, and what a row shows in it. */
export interface Column<Row> {
  name: string;
  title: string;
  /** In pixels or percent; the others share what is left. */
  width?: string;
  isNumber?: boolean;
  /** What the list can be sorted by, where it can be by this. */
  sort?: string;
  cell: (row: Row) => ReactNode;
}
