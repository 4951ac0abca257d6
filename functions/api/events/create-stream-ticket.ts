import { createStreamTicket } from '../../../core/contract/events-read.ts';
import { endpoint } from '../../kit/endpoint.ts';

const lifeMilliseconds = 60_000;

export const handler = endpoint(createStreamTicket, async ({ caller }, { streamTickets, now }) => {
  const until = now().getTime() + lifeMilliseconds;
  const reader = { ...caller, scopes: ['read' as const] };
  return { ticket: await streamTickets.seal(reader, until), expiresAt: new Date(until).toISOString() };
});
