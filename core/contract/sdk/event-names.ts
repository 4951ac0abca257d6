import * as z from 'zod';
import { route } from '../route.ts';

const ClientName = z.string().trim().min(1).max(100);
const TypeName = z.string().regex(/^[A-Za-z0-9_ .:/-]{1,100}$/, 'has 1–100 letters, digits, blanks or _ . : / -');

const EventName = z.object({
  /** As an SDK says it; compared without case, and with `_` and `-` as blanks. */
  name: z.string(),
  /** The type that its events have here. */
  type: z.string(),
  /** `standard`: came with the platform. */
  source: z.enum(['standard', 'own']),
});

const EventNames = z.object({ items: z.array(EventName) });

export const getEventNames = route({
  id: 'getEventNames',
  capability: 'sdk',
  method: 'GET',
  path: '/event-names',
  scope: 'read',
  status: 200,
  summary: 'List which names of SDK events mean which of our types',
  description: 'A name that does not stand here is the type of its events as it is.',
  response: EventNames,
});

export const updateEventNames = route({
  id: 'updateEventNames',
  capability: 'sdk',
  method: 'PUT',
  path: '/event-names',
  scope: 'write',
  status: 200,
  summary: 'Say which names of SDK events mean which of our types',
  description:
    'Replaces all names of your own. A standard name gets another type, or with `null` none. `Page` and `Screen` name ' +
    'the calls of that name. Holds everywhere within 60 seconds, for events that come from then on.',
  body: z.strictObject({
    names: z
      .record(ClientName, TypeName.nullable())
      .refine(names => Object.keys(names).length <= 500, 'holds at most 500 names'),
  }),
  response: EventNames,
  problems: ['CONFLICT'],
  examples: [
    {
      summary: 'A shop that says it in its own words, and tells screens from pages',
      body: { names: { 'Bestellung abgeschlossen': 'purchase', Screen: 'screen_view', Unsubscribed: null } },
    },
  ],
});
