import type { OrderRefund, OrderState } from '../../../core/model/order.ts';
import { orderPlacesOf, type ProfileState } from '../../../core/model/profile-state.ts';
import type { OrderClaim, OrderKey, ProfileCommit } from '../../../core/ports/profile-store.ts';
import { everyItem, type Item, type Table, type Value, type Write } from '../../../core/ports/table.ts';
import { keyId } from '../table/key-id.ts';
import { keys } from './access-patterns.ts';
import { absent } from './profile-transaction.ts';

type OrderPut = Extract<Write, { kind: 'put' }>;

/** An order under short names: message, amount, currency, time of receipt; refunds as lists of the same. */
const orderItem = ({ profileId, orderId, since }: OrderKey, { purchase, refunds }: OrderState): Item => ({
  ...keys.order(profileId, orderId, since),
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
export const orderWrites = ({ after, orders = new Map() }: Pick<ProfileCommit, 'after' | 'orders'>): OrderPut[] => {
  const [place] = orderPlacesOf(after);
  const key = { profileId: after.id, since: place?.since };
  return [...orders].map(([orderId, order]) => ({ kind: 'put', item: orderItem({ ...key, orderId }, order) }));
};

/** The ids of all orders that a profile and its members have. */
export const readOrderIds = async (table: Table, profile: ProfileState): Promise<string[]> => {
  const ids = new Set<string>();
  for (const { id, since } of orderPlacesOf(profile)) {
    const prefix = keys.order(id, '', since).sk;
    for await (const { sk } of everyItem(table, { pk: keys.profile(id), prefix, consistent: true }))
      ids.add(sk.slice(prefix.length));
  }
  return [...ids];
};

/** What is kept of each of these orders. */
export const readOrders = async (table: Table, asked: readonly OrderKey[]): Promise<(OrderState | undefined)[]> => {
  const wanted = asked.map(({ profileId, orderId, since }) => keys.order(profileId, orderId, since));
  if (wanted.length === 0) return [];
  const items = new Map((await table.getMany(wanted, true)).map(item => [keyId(item), orderIn(item)]));
  return wanted.map(key => items.get(keyId(key)));
};

/** Puts the owner of each order where nothing is kept of it; tells what is kept where that is not the owner alone. */
export const ownOrders = async (table: Table, claims: readonly OrderClaim[]): Promise<(OrderState | undefined)[]> => {
  const taken = await table.writeEach(
    claims.map(({ purchase, ...key }) => ({
      kind: 'put',
      item: orderItem(key, { purchase, refunds: [] }),
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
