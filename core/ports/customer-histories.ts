import type { CustomerHistory } from '../model/customer-history.ts';

/** Which people: those after an id, in the order of ids; or about so many, drawn by their ids. */
export type HistoriesAsked = { after: string; limit: number } | { sampleMax: number };

/** What everybody did, day by day, from the sorted files of the lake. What is not in them yet is not in it. */
export interface CustomerHistories {
  /** @throws QueryOverBudget */
  read(asked: HistoriesAsked, accountCurrency: string, budgetSeconds: number): Promise<CustomerHistory[]>;
  /** How many events there were in each hour of a week, from Monday 00:00 UTC: 168 counts. */
  hoursOfWeek(budgetSeconds: number): Promise<number[]>;
}
