import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { factOf } from '../../core/model/fact.ts';
import type { WebhookDelivery } from '../../core/model/webhook-delivery.ts';
import { duePartitions } from '../../core/ports/delivery-store.ts';
import { tableDeliveryStore } from '../../functions/adapters/stores/table-delivery-store.ts';
import { tableKinds } from './table-kinds.ts';

const start = Date.now();

const deliveryFor = (webhookId: string, subject: string, n: number, more: Partial<WebhookDelivery> = {}) => {
  const at = start + n * 1000;
  const time = new Date(at).toISOString();
  const fact = factOf({ type: 'profile.updated', subject, sequence: String(n), at, data: { profileId: subject } });
  const delivery: WebhookDelivery = {
    ...{ webhookId, fact, version: 1, state: 'sending', tries: 0, attempts: [], leasedUntil: at },
    ...{ createdAt: time, updatedAt: time },
    ...more,
  };
  return delivery;
};

describe.each(tableKinds)('deliveries $name', ({ open }) => {
  const opened = async () => ({
    deliveries: tableDeliveryStore(await open()),
    webhookId: `webhook-${randomUUID()}`,
    subject: `profile-${randomUUID()}`,
  });

  test('of many who begin with one, one does; whoever has read something else changes nothing', async () => {
    const { deliveries, webhookId, subject } = await opened();
    const begun = deliveryFor(webhookId, subject, 1);
    const kept = await Promise.all(Array.from({ length: 6 }, () => deliveries.keep(begun, undefined)));
    expect(kept.filter(Boolean)).toHaveLength(1);
    const told = { ...begun, version: 2, state: 'delivered' as const };
    expect(await deliveries.keep(told, { ...begun, version: 7 })).toBe(false);
    expect(await deliveries.keep(told, begun)).toBe(true);
    expect(await deliveries.get(webhookId, begun.fact.id)).toEqual(told);
  });

  const takeAll = async (deliveries: ReturnType<typeof tableDeliveryStore>, webhookId: string, now: number) => {
    const taken = [];
    for (let partition = 0; partition < duePartitions; partition += 1) {
      taken.push(...(await deliveries.takeDue(partition, now, now + 900_000, 1000)));
    }
    return taken.filter(one => one.webhookId === webhookId).map(({ fact }) => fact.id);
  };

  test('what waits is handed to one when it is due, and to nobody for a while after', async () => {
    const { deliveries, webhookId, subject } = await opened();
    const waiting = deliveryFor(webhookId, subject, 1, { state: 'waiting', nextAt: start + 5000 });
    await deliveries.keep(waiting, undefined);
    expect(await takeAll(deliveries, webhookId, start + 4000)).toEqual([]);
    const both = await Promise.all([1, 2].map(() => takeAll(deliveries, webhookId, start + 5000)));
    expect(both.flat()).toEqual([waiting.fact.id]);
    expect(await takeAll(deliveries, webhookId, start + 6000)).toEqual([]);
    expect(await takeAll(deliveries, webhookId, start + 905_001)).toEqual([waiting.fact.id]);
  });

  test('what was taken after all, or is forgotten, waits no more', async () => {
    const { deliveries, webhookId, subject } = await opened();
    const [one, other] = [1, 2].map(n => deliveryFor(webhookId, subject, n, { state: 'waiting', nextAt: start }));
    if (!one || !other) throw new Error('there are two');
    for (const waiting of [one, other]) await deliveries.keep(waiting, undefined);
    await deliveries.keep({ ...one, version: 2, state: 'delivered', nextAt: undefined }, one);
    await deliveries.forget(other);
    expect(await takeAll(deliveries, webhookId, start + 1000)).toEqual([]);
    expect(await deliveries.get(webhookId, other.fact.id)).toBeUndefined();
  });

  test('a fact learns when an earlier one of its subject is tried again, and of no later one', async () => {
    const { deliveries, webhookId, subject } = await opened();
    const waiting = deliveryFor(webhookId, subject, 5, { state: 'waiting', nextAt: start + 7000 });
    await deliveries.keep(waiting, undefined);
    const ahead = (n: number, about = subject) =>
      deliveries.waitingAhead(webhookId, deliveryFor(webhookId, about, n).fact);
    expect(await ahead(6)).toBe(start + 7000);
    expect(await ahead(10)).toBe(start + 7000);
    expect([await ahead(5), await ahead(4), await ahead(6, 'profile-other')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('deliveries of a webhook are listed newest first, page by page, whatever they are about', async () => {
    const { deliveries, webhookId, subject } = await opened();
    const all = Array.from({ length: 7 }, (_, n) => deliveryFor(webhookId, n % 2 ? subject : `${subject}-b`, n));
    for (const one of all) await deliveries.keep(one, undefined);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await deliveries.page(webhookId, 3, cursor);
      found.push(...page.deliveries.map(({ fact }) => fact.id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(found).toEqual(all.map(({ fact }) => fact.id).reverse());
  });
});
