/** A message that says that an order was placed. Times in epoch ms. */
export interface OrderPurchase {
  messageId: string;
  receivedAt: number;
  /** Exact decimal. */
  amount: string;
  currency: string;
}

/** A message that says that something of an order was given back. */
export interface OrderRefund {
  messageId: string;
  receivedAt: number;
  /** Exact decimal; absent, the whole order. */
  amount?: string;
  /** The order's own when absent. */
  currency?: string;
}

/** What is known of an order: who owns its revenue, and what was given back, oldest first by time of receipt. */
export interface OrderState {
  purchase?: OrderPurchase;
  refunds: readonly OrderRefund[];
}

/** An order of which nothing is known. */
export const emptyOrder: OrderState = { refunds: [] };
