import { catalogue, type Product } from './catalogue.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type DemoCalendar, dayMs } from './demo-calendar.ts';
import type { Happening } from './happening.ts';
import { type Order, orderOf, purchaseProperties } from './orders.ts';
import type { Person } from './people.ts';
import { Steps } from './steps.ts';

/** A visit to the shop, and the order that it may have ended with. */
export interface Visit {
  happenings: Happening[];
  order?: Order | undefined;
  /** When it ended, epoch ms. */
  endedAt: number;
}

interface Channel {
  source: string;
  medium: string;
}

const channels: readonly [Channel, ...Channel[]] = [
  { source: 'direct', medium: 'none' },
  { source: 'google', medium: 'organic' },
  { source: 'google', medium: 'cpc' },
  { source: 'facebook', medium: 'paid_social' },
  { source: 'newsletter', medium: 'email' },
  { source: 'partner-blog', medium: 'affiliate' },
];
const sale = { code: 'SALE20', percent: 20 };
const welcome = { code: 'WELCOME10', percent: 10 };
const [openingHour, hoursOpen] = [7, 15];

const couponOn = (day: number, { spikeAt }: DemoCalendar, chance: Chance): Order['coupon'] => {
  if (day === spikeAt) return chance.happens(0.8) ? sale : undefined;
  return chance.happens(0.12) ? welcome : undefined;
};

const shownProperties = ({ productId, name, category, priceCents }: Product) => ({
  productId,
  name,
  category,
  price: priceCents / 100,
});

/** Looks at products and puts some into the cart; answers what is left in it. */
const browse = (steps: Steps, chance: Chance, wantsToBuy: boolean): Product[] => {
  const cart: Product[] = [];
  const shown = chance.shuffled(catalogue).slice(0, chance.between(1, 3));
  for (const [index, product] of shown.entries()) {
    steps.add('product_view', shownProperties(product));
    if (chance.happens(0.06)) steps.add('wishlist', { productId: product.productId });
    if (!(wantsToBuy && index === 0) && !chance.happens(0.2)) continue;
    steps.add('add_to_cart', { ...shownProperties(product), quantity: 1 });
    if (index > 0 && chance.happens(0.25)) steps.add('remove_from_cart', { productId: product.productId });
    else cart.push(product);
  }
  return cart;
};

const visitOnline = (person: Person, id: string, at: number, coupon: Order['coupon'], chance: Chance): Visit => {
  const deviceId = chance.pick([person.deviceIds[0], ...person.deviceIds]);
  const source = deviceId.includes('phone') && chance.happens(0.5) ? 'app' : 'web';
  const base = {
    identifiers: [{ type: 'customerId' as const, value: person.customerId }],
    deviceId,
    sessionId: `demo-session-${id}`,
    source,
    context: { campaign: chance.pick(channels) },
  };
  const steps = new Steps(at, base, chance);
  steps.add('page_view', { page: '/' });
  if (chance.happens(0.3)) steps.add('login', { method: chance.pick(['password', 'magic_link', 'google']) });
  const buys = chance.happens(person.habit.buys);
  const cart = browse(steps, chance, buys);
  const order = buys ? orderOf(`DEMO-${id}`, cart, chance, coupon) : undefined;
  if (order) {
    steps.add('page_view', { page: '/checkout' });
    steps.add('purchase', purchaseProperties(order));
  }
  return { happenings: steps.happenings, order, endedAt: steps.at };
};

const visitStore = (person: Person, id: string, at: number, chance: Chance): Visit => {
  const products = chance.shuffled(catalogue).slice(0, chance.between(1, 2));
  const order = orderOf(`DEMO-${id}`, products, chance, undefined);
  const event = {
    identifiers: [{ type: 'customerId' as const, value: person.customerId }],
    type: 'purchase',
    source: 'store',
    properties: { ...purchaseProperties(order), store: person.city },
  };
  return { happenings: [{ at, event }], order, endedAt: at };
};

/** Everything that a person did in the shop, visit by visit. */
export const visitsOf = (seed: number, person: Person, calendar: DemoCalendar): Visit[] => {
  const chance = chanceOf(seed, 'visits', person.name);
  const { habit, joinedAt, lastAt } = person;
  return calendar.days.flatMap((day, index) => {
    const likely = Math.min(0.95, (habit.visitsPerWeek / 7) * calendar.traffic(day));
    const at = day + openingHour * 3_600_000 + chance.below(hoursOpen * 3_600) * 1000;
    if (!chance.happens(likely) || at <= joinedAt || at + dayMs / 12 >= lastAt) return [];
    const id = `${person.name}-${index}`;
    if (chance.happens(habit.buys / 6)) return [visitStore(person, id, at, chance)];
    return [visitOnline(person, id, at, couponOn(day, calendar, chance), chance)];
  });
};
