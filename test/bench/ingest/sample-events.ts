import type { SeededRandom } from '../../fixtures/seeded-random.ts';

const types = ['page_view', 'product_view', 'add_to_cart', 'email_open', 'custom'] as const;
const pages = ['/home', '/search', '/cart', '/checkout', '/account', '/help', '/products/shoes', '/products/bags'];

/** Usual events of a shop, about 385 bytes each: two in a hundred are purchases. `person`: who does it. */
export const sampleEvent = (messageId: string, person: number, random: SeededRandom): Record<string, unknown> => {
  const shared = {
    messageId,
    identifiers: [{ type: 'customerId', value: `customer-${person}` }],
    timestamp: new Date(Date.now() - random.below(60_000)).toISOString(),
    sessionId: `session-${person}-${random.below(9)}`,
    deviceId: `device-${person}`,
    source: 'web',
  };
  if (random.chance(0.02)) {
    const price = (random.below(20_000) + 100) / 100;
    const items = [{ productId: `SKU-${random.below(500)}`, name: 'A thing', quantity: 1, price }];
    return {
      ...shared,
      type: 'purchase',
      properties: { orderId: `ORD-${messageId}`, amount: price, currency: 'USD', items },
    };
  }
  const page = random.pick(pages);
  return {
    ...shared,
    type: random.pick(types),
    properties: {
      page,
      url: `https://shop.example.com${page}?ref=${random.below(1_000)}`,
      title: 'A page of the shop',
      position: random.below(40),
    },
    context: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)', campaign: { source: 'newsletter' } },
  };
};

/** The same event as a page's SDK would tell of it. */
export const sampleCall = (event: Record<string, unknown>): Record<string, unknown> => {
  const { type, identifiers: _person, deviceId, source: _source, context, ...rest } = event;
  const { properties } = event as { properties: Record<string, unknown> };
  const shared = { ...rest, userId: deviceId, anonymousId: deviceId, context };
  if (type === 'page_view') return { ...shared, type: 'page', name: properties.page };
  return { ...shared, type: 'track', event: type === 'purchase' ? 'Order Completed' : type };
};
