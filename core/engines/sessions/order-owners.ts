import type { SessionEvent } from './session-event.ts';

/** The order that an event tells of, where it tells of one. */
export const orderIdOf = ({ event }: SessionEvent): string | undefined => {
  const { orderId } = event.type === 'purchase' ? event.properties : {};
  return typeof orderId === 'string' || typeof orderId === 'number' ? String(orderId) : undefined;
};

/** Of several messages that name one order the one that was received first counts. By order, the id of its event. */
export const orderOwners = (events: readonly SessionEvent[]): ReadonlyMap<string, string> => {
  const owners = new Map<string, string>();
  for (const event of events) {
    const order = orderIdOf(event);
    if (order === undefined) continue;
    const known = owners.get(order);
    if (known === undefined || event.id < known) owners.set(order, event.id);
  }
  return owners;
};
