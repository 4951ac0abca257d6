import { createHmac, timingSafeEqual } from 'node:crypto';
import { Caller } from '../../core/model/caller.ts';
import type { Keyring } from '../../core/ports/outlets.ts';
import type { StreamTickets } from '../../core/ports/stream-tickets.ts';

/** `<who, until when>.<seal>`, both in base64url: nothing has to be kept to know one again. */
export const sealedStreamTickets = (keyring: Keyring, now: () => number = Date.now): StreamTickets => {
  const sealOf = async (text: string): Promise<string> =>
    createHmac('sha256', await keyring.derive('stream-ticket'))
      .update(text)
      .digest('base64url');
  return {
    seal: async (caller, until) => {
      const text = Buffer.from(JSON.stringify({ caller, until })).toString('base64url');
      return `${text}.${await sealOf(text)}`;
    },
    open: async ticket => {
      const [text = '', seal = ''] = ticket.split('.', 2);
      const [given, own] = [Buffer.from(seal), Buffer.from(await sealOf(text))];
      if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
      const { caller, until } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
      return until > now() ? Caller.parse(caller) : undefined;
    },
  };
};
