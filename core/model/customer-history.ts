/** What somebody bought on one day; days since 1970, money in the account currency. */
export interface PurchaseDay {
  day: number;
  amount: number;
}

/** How much somebody did on one day, purchases apart. */
export interface ActivityDay {
  day: number;
  events: number;
  /** Of those: looking at a product, putting it into the cart or on the list of wishes. */
  intents: number;
}

/** One entry a day each, in the order of days. */
export interface CustomerHistory {
  id: string;
  purchases: readonly PurchaseDay[];
  activity: readonly ActivityDay[];
}
