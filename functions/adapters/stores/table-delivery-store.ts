import { type Fact, personIn, subjectIn } from '../../../core/model/fact.ts';
import type { WebhookDelivery } from '../../../core/model/webhook-delivery.ts';
import { type DeliveryStore, type DueDelivery, duePartitions } from '../../../core/ports/delivery-store.ts';
import {
  type Condition,
  ConditionRefused,
  type Item,
  type Key,
  type Table,
  TransactionRefused,
  type Value,
  type Write,
} from '../../../core/ports/table.ts';
import { keys } from './access-patterns.ts';
import { newestOf } from './profile-list.ts';

const keepDays = 30;
const listed = Array.from({ length: duePartitions }, (_, partition) => partition);

/** Beside the profile that it is about, so that it goes with it; otherwise beside other facts of its subject. */
const placeOf = (factId: string): string => {
  const person = personIn(factId);
  return person === undefined ? keys.factsOf(subjectIn(factId)) : keys.profile(person);
};

const keyOf = ({ webhookId, fact }: DueDelivery): Key => keys.told(placeOf(fact.id), webhookId, fact.id);
const waitingKeyOf = ({ webhookId, fact }: DueDelivery): Key =>
  keys.untold(placeOf(fact.id), webhookId, `${fact.order}#${fact.id}`);

const ttlOf = ({ createdAt }: WebhookDelivery): number => Math.floor(Date.parse(createdAt) / 1000) + keepDays * 86_400;

const itemOf = (delivery: WebhookDelivery): Item => ({
  ...keyOf(delivery),
  ...keys.toldList(delivery.webhookId, delivery.fact.at, delivery.fact.id),
  d: delivery as unknown as Value,
  ttl: ttlOf(delivery),
});

const waitingItemOf = (delivery: WebhookDelivery, dueAt: number): Item => ({
  ...waitingKeyOf(delivery),
  ...keys.untoldList(delivery.webhookId, dueAt, delivery.fact.id),
  w: delivery.webhookId,
  f: delivery.fact as unknown as Value,
  dueAt,
  ttl: ttlOf(delivery),
});

const unchanged = (read: WebhookDelivery | undefined): Condition[] =>
  read === undefined ? [{ attribute: 'pk', is: 'absent' }] : [{ attribute: 'd.version', is: '=', value: read.version }];

/** What stands of a delivery’s waiting exists for as long as it has a time at which it is tried again. */
const waitingWrites = (delivery: WebhookDelivery, read: WebhookDelivery | undefined): Write[] => {
  const { nextAt } = delivery;
  if (nextAt === read?.nextAt) return [];
  return nextAt === undefined
    ? [{ kind: 'delete', key: waitingKeyOf(delivery) }]
    : [{ kind: 'put', item: waitingItemOf(delivery, nextAt) }];
};

const happens = async (table: Table, write: Write, others: readonly Write[]): Promise<boolean> => {
  try {
    await (others.length === 0 ? table.write(write) : table.transact([write, ...others]));
    return true;
  } catch (refusal) {
    if (refusal instanceof ConditionRefused || refusal instanceof TransactionRefused) return false;
    throw refusal;
  }
};

const waitingIn = ({ w, f, lsk }: Item) => ({
  webhookId: String(w),
  fact: f as unknown as Fact,
  lsk: String(lsk),
});

const deliveryIn = (item: Item): WebhookDelivery => item.d as unknown as WebhookDelivery;

/** Deliveries with the ids of their facts; what waits stands beside, in the list index by when it is due. */
export const tableDeliveryStore = (table: Table): DeliveryStore => ({
  get: async (webhookId, factId) => {
    const item = await table.get(keys.told(placeOf(factId), webhookId, factId), true);
    return item && deliveryIn(item);
  },

  keep: (delivery, read) =>
    happens(table, { kind: 'put', item: itemOf(delivery), when: unchanged(read) }, waitingWrites(delivery, read)),

  forget: async read => {
    const write: Write = { kind: 'delete', key: keyOf(read), when: unchanged(read) };
    await happens(table, write, waitingWrites({ ...read, nextAt: undefined }, read));
  },

  waitingAhead: async (webhookId, fact) => {
    const pk = placeOf(fact.id);
    const [from, to] = [keys.untold(pk, webhookId, '').sk, keys.untold(pk, webhookId, fact.order).sk];
    const { items } = await table.query({ pk, from, to, descending: true, limit: 1, consistent: true });
    return items[0] && Number(items[0].dueAt);
  },

  page: async (webhookId, limit, cursor, offset) => {
    const places = listed.map(partition => keys.toldPartition(webhookId, partition));
    const { items, next } = await newestOf(table, places, limit, cursor, offset);
    const found = await table.getMany(items.map(({ pk, sk }) => ({ pk, sk })));
    const byKey = new Map(found.map(item => [`${item.pk} ${item.sk}`, deliveryIn(item)]));
    const deliveries = items.flatMap(({ pk, sk }) => byKey.get(`${pk} ${sk}`) ?? []);
    return { deliveries, ...(next === undefined ? {} : { next }) };
  },

  takeDue: async (partition, now, until, limit) => {
    const to = new Date(now + 1).toISOString();
    const { items } = await table.query({ index: 'list', pk: keys.untoldPartition(partition), to, limit });
    const found = await table.getMany(items.map(({ pk, sk }) => ({ pk, sk })));
    const due = found.filter(item => String(item.lsk) <= to).map(waitingIn);
    const taken = await table.writeEach(
      due.map(({ webhookId, fact, lsk }) => ({
        kind: 'update',
        key: waitingKeyOf({ webhookId, fact }),
        set: { lsk: keys.untoldList(webhookId, until, fact.id).lsk },
        when: [{ attribute: 'lsk', is: '=', value: lsk }],
      })),
    );
    return due.flatMap(({ webhookId, fact }, index) => (taken[index] ? [{ webhookId, fact }] : []));
  },
});
