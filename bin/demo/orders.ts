import type { Product } from './catalogue.ts';
import type { Chance } from './chance.ts';

/** An order, in cents. */
export interface Order {
  orderId: string;
  lines: readonly { product: Product; quantity: number }[];
  coupon?: { code: string; percent: number } | undefined;
}

/** The number that prints as this many cents. */
const price = (cents: number): number => cents / 100;

const linesCents = ({ lines }: Order): number =>
  lines.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0);

const discountCents = (order: Order): number => Math.round((linesCents(order) * (order.coupon?.percent ?? 0)) / 100);

/** What is to be paid. */
export const orderCents = (order: Order): number => linesCents(order) - discountCents(order);

export const orderOf = (
  orderId: string,
  products: readonly Product[],
  chance: Chance,
  coupon: Order['coupon'],
): Order => ({
  orderId,
  lines: products.map(product => ({ product, quantity: chance.happens(0.15) ? 2 : 1 })),
  coupon,
});

/** The properties of the purchase. */
export const purchaseProperties = (order: Order) => ({
  orderId: order.orderId,
  amount: price(orderCents(order)),
  items: order.lines.map(({ product: { productId, name, category, priceCents }, quantity }) => ({
    productId,
    name,
    category,
    quantity,
    price: price(priceCents),
  })),
  ...(order.coupon ? { coupon: order.coupon.code, discount: price(discountCents(order)) } : {}),
});

/** The properties of a refund: of one line where there are more, at what was paid for it, else of the whole order. */
export const refundProperties = (order: Order, chance: Chance) => {
  const { orderId, lines, coupon } = order;
  const [first, ...others] = lines;
  const reason = chance.pick(['too small', 'damaged', 'not as described', 'changed my mind']);
  if (first === undefined || others.length === 0) return { orderId, reason };
  const paid = first.product.priceCents * (1 - (coupon?.percent ?? 0) / 100);
  return { orderId, amount: price(Math.round(paid)), reason };
};
