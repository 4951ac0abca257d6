import * as z from 'zod';
import { Identifier } from '../model/identifier.ts';
import { suppressedChannels } from '../model/suppression.ts';
import { Paging, pageOf } from './paging.ts';
import { route } from './route.ts';

const Channel = z.enum(suppressedChannels);
const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const Standing = z.object({
  channel: Channel,
  reason: z.string(),
  source: z.string(),
  at: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
});

export const Suppression = z
  .object({
    /** A keyed hash, from which nobody is found. */
    id: z.string(),
    /** What is suppressed: a profile, an identifier by its type, or a hash of one. */
    kind: z.string(),
    /** Whose it is, where somebody is known by it. */
    profileId: z.string().optional(),
    channels: z.array(Standing),
  })
  .meta({ id: 'Suppression' });

export const listSuppressions = route({
  id: 'listSuppressions',
  capability: 'suppressions',
  method: 'GET',
  path: '/suppressions',
  scope: 'read',
  status: 200,
  summary: 'List who is not to be reached, newest first',
  description:
    'One entry for each profile, identifier or hash, without its value: only a keyed hash of it is kept. `channel` leaves ' +
    'out those that bar other channels alone.',
  query: Paging.omit({ offset: true }).extend({ channel: Channel.optional() }),
  response: pageOf(Suppression),
});

const Sha256 = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in 64 hexadecimal digits');

const Item = z.strictObject({
  profileId: z.string().min(1).max(200).optional(),
  identifier: Identifier.optional(),
  /** The SHA-256 of a normalised address (lower case, no blanks around it) or of a number (E.164). */
  sha256: Sha256.optional(),
});
export type SuppressedItem = z.output<typeof Item>;

const Named = Item.refine(item => Object.values(item).filter(value => value !== undefined).length === 1, {
  message: 'names a profileId, an identifier or a sha256, and one of them only',
});

const NewSuppressions = z.strictObject({
  items: z.array(Named).min(1).max(1000),
  channels: z.array(Channel).min(1).max(suppressedChannels.length).default(['all']),
  reason: z.string().trim().min(1).max(200),
  /** Until when; absent: for ever. */
  expiresAt: Moment.optional(),
});
export type NewSuppressions = z.output<typeof NewSuppressions>;

export const addSuppressions = route({
  id: 'addSuppressions',
  capability: 'suppressions',
  method: 'POST',
  path: '/suppressions',
  scope: 'write',
  status: 200,
  summary: 'Suppress people by profile, identifier or hash',
  description:
    'From then on nobody of them reaches a destination that needs one of the channels, and whoever is at one is taken out ' +
    'within a minute. People whom nobody knows yet may be suppressed, too. Many at once: an import of `suppressions`.',
  body: NewSuppressions,
  response: z.object({ added: z.number().int() }),
  problems: ['NOT_FOUND'],
  examples: [
    {
      summary: 'An address and a hash',
      body: {
        items: [
          { identifier: { type: 'email', value: 'jane@example.com' } },
          { sha256: '2bd806c97f0e00af1a1fc3328fa763a9269723c8db8fac4f93af71db186d6e90' },
        ],
        channels: ['email'],
        reason: 'asked on the telephone',
        expiresAt: '2027-01-01',
      },
    },
  ],
});

export const deleteSuppression = route({
  id: 'deleteSuppression',
  capability: 'suppressions',
  method: 'DELETE',
  path: '/suppressions/{id}',
  scope: 'write',
  status: 204,
  summary: 'Suppress somebody no more',
  description:
    'With everything else that the same word suppressed of the same profile. What an erasure left needs the scope `admin`.',
  params: z.strictObject({ id: z.string().min(1).max(200) }),
  problems: ['NOT_FOUND'],
});
