import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import type { PurchaseDay } from '../../../core/model/customer-history.ts';

const dayMilliseconds = 86_400_000;

/** Whose purchases they are, by day. */
export interface PurchaseHistories {
  histories: PurchaseDay[][];
  /** The first day of all. */
  from: number;
}

/** From a CSV file with the columns `customerId,date,…,amount`. */
export const readHistories = (file: string): PurchaseHistories => {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const people = new Map<string, Map<number, number>>();
  for (const { customerId = '', date = '', amount = '' } of data) {
    const day = Math.floor(Date.parse(date) / dayMilliseconds);
    const days = people.get(customerId) ?? new Map<number, number>();
    days.set(day, (days.get(day) ?? 0) + Number(amount));
    people.set(customerId, days);
  }
  const histories = [...people.values()].map(days =>
    [...days].map(([day, amount]) => ({ day, amount })).sort((left, right) => left.day - right.day),
  );
  return { histories, from: Math.min(...histories.map(([first]) => first?.day ?? Number.POSITIVE_INFINITY)) };
};
