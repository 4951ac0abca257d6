import type { OrderRefund, OrderState } from '../../../core/model/order.ts';
import type { OrderClaim, OrderKey, ProfileCommit } from '../../../core/ports/profile-store.ts';
import type { Item, Table, Value, Write } from '../../../core/ports/table.ts';
import { keyId } from '../table/key-id.ts';
import { keys } from './access-patterns.ts';
import { absent } from './profile-transaction.ts';

type OrderPut = Extract<Write, { kind: 'put' }>;

/** An order under short names: message, amount, currency, time of receipt; refunds as lists of the same. */
const orderItem = (profileId: string, orderId: string, { purchase, refunds }: OrderState): Item => ({
  ...keys.order(profileId, orderId),
  ...(purchase ? { m: purchase.messageId, a: purchase.amount, c: purchase.currency, t: purchase.receivedAt } : {}),
  ...(refunds.length === 0
    ? {}
    : {
        r: refunds.map(
          ({ messageId, receivedAt, amount = null, currency = null }): Value => [
            messageId,
            receivedAt,
            amount,
            currency,
          ],
        ),
      }),
});

const orderIn = ({ m, a, c, t, r }: Item): OrderState => ({
  ...(m === undefined
    ? {}
    : { purchase: { messageId: String(m), receivedAt: Number(t), amount: String(a), currency: String(c) } }),
  refunds: ((r ?? []) as Value[][]).map(refundIn),
});

const refundIn = ([messageId, receivedAt, amount, currency]: Value[]): OrderRefund => ({
  messageId: String(messageId),
  receivedAt: Number(receivedAt),
  ...(typeof amount === 'string' ? { amount } : {}),
  ...(typeof currency === 'string' ? { currency } : {}),
});

/**
 * The puts that a commit needs for its orders, to happen together with it. The version of the head guards them, too:
 * whoever takes an order before a commit of its own loses to this one, and reads again.
 */
export const orderWrites = ({ after, orders = new Map() }: ProfileCommit): OrderPut[] =>
  [...orders].map(([orderId, order]) => ({ kind: 'put', item: orderItem(after.id, orderId, order) }));

/** What is kept of each of these orders. */
export const readOrders = async (table: Table, asked: readonly OrderKey[]): Promise<(OrderState | undefined)[]> => {
  const wanted = asked.map(({ profileId, orderId }) => keys.order(profileId, orderId));
  if (wanted.length === 0) return [];
  const items = new Map((await table.getMany(wanted, true)).map(item => [keyId(item), orderIn(item)]));
  return wanted.map(key => items.get(keyId(key)));
};

/** Puts the owner of each order where nothing is kept of it; tells what is kept where that is not the owner alone. */
export const ownOrders = async (table: Table, claims: readonly OrderClaim[]): Promise<(OrderState | undefined)[]> => {
  const taken = await table.writeEach(
    claims.map(({ profileId, orderId, purchase }) => ({
      kind: 'put',
      item: orderItem(profileId, orderId, { purchase, refunds: [] }),
      when: absent,
    })),
  );
  const refused = claims.filter((_, index) => !taken[index]);
  const orders = await readOrders(table, refused);
  const kept = new Map(refused.map((claim, index) => [claim, orders[index]]));
  return claims.map(claim => {
    const order = kept.get(claim);
    return order && isOwnedBy(order, claim) ? undefined : order;
  });
};

const isOwnedBy = ({ purchase, refunds }: OrderState, claim: OrderClaim): boolean =>
  purchase?.messageId === claim.purchase.messageId && refunds.length === 0;
