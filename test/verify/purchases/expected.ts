import Big from 'big.js';
import { readRows } from '../../../bin/import/read-rows.ts';

export interface Customer {
  purchases: number;
  ltv: Big;
}

/** What a file of purchases (`customerId,date,quantity,amount`) must come to, added up exactly. */
export interface Expected {
  rows: number;
  customers: Map<string, Customer>;
  ltv: Big;
}

export const expectedOf = async (file: string): Promise<Expected> => {
  const customers = new Map<string, Customer>();
  let rows = 0;
  let ltv = new Big(0);
  for await (const { cells } of readRows(file)) {
    const id = String(cells.customerId);
    const { purchases, ltv: sum } = customers.get(id) ?? { purchases: 0, ltv: new Big(0) };
    const amount = new Big(String(cells.amount));
    customers.set(id, { purchases: purchases + 1, ltv: sum.plus(amount) });
    ltv = ltv.plus(amount);
    rows += 1;
  }
  return { rows, customers, ltv };
};

/** The customers of whom `computed.ltv > 500 AND computed.purchaseCount >= 3` holds. */
export const highValue = ({ customers }: Expected): string[] =>
  [...customers].flatMap(([id, { purchases, ltv }]) => (ltv.gt(500) && purchases >= 3 ? [id] : []));
