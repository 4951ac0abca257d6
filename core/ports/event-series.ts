/** What happened in one period. */
export interface SeriesPeriod {
  events: number;
  people: number;
  purchases: number;
  /** In the account currency. */
  revenue: number;
}

/** What everybody did, period by period, from the sorted files of the lake. What is not in them yet is not in it. */
export interface EventSeries {
  /**
   * Periods between neighbouring bounds (epoch ms, in order), of all events or of one type.
   * @throws QueryOverBudget
   */
  read(
    bounds: readonly number[],
    type: string | undefined,
    accountCurrency: string,
    budgetSeconds: number,
  ): Promise<SeriesPeriod[]>;
}
