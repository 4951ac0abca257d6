import { mailchimp } from '../../../../core/engines/activation/platforms/mailchimp.ts';
import type { PlatformRow } from '../../../../core/engines/activation/platforms/platform.ts';
import {
  type Delivery,
  DeliveryFailed,
  type DeliveryOutcome,
  type Destination,
} from '../../../../core/ports/destination.ts';
import { originOf } from '../platform-connection.ts';
import { faultOfStatus, isTaken, type PlatformAnswer, retryAfterOf } from '../platform-request.ts';
import type { PlatformTools } from '../platform-tools.ts';
import { splitDelivery } from '../split-delivery.ts';

type AskMailchimp = (method: 'GET' | 'POST', path: string, body?: object) => Promise<PlatformAnswer>;

const gone = 404;

/** What went wrong, as Mailchimp tells it (RFC 7807). */
export const mailchimpFault = (answer: PlatformAnswer): DeliveryFailed => {
  const { title, detail } = (answer.body ?? {}) as { title?: string; detail?: string };
  const told = `Mailchimp: ${detail ?? title ?? 'no reason was given'} (${answer.status})`;
  return new DeliveryFailed(told, faultOfStatus(answer.status), retryAfterOf(answer));
};

/** The data centre that a key belongs to stands behind its dash. */
export const dataCentreOf = (apiKey: string): string => {
  const centre = /-([a-z]{2}\d{1,3})$/.exec(apiKey)?.[1];
  if (centre === undefined) throw new DeliveryFailed('the key of mailchimp names no data centre', 'unauthorized');
  return centre;
};

const clientOf =
  ({ ask, connect, standIns }: PlatformTools): AskMailchimp =>
  async (method, path, body) => {
    const connection = await connect('mailchimp');
    const { apiKey = '' } = connection.secrets;
    const own = `https://${dataCentreOf(apiKey)}.api.mailchimp.com`;
    const authorization = `Basic ${Buffer.from(`cdp:${apiKey}`).toString('base64')}`;
    const url = `${originOf('mailchimp', connection, own, standIns)}/3.0/${path}`;
    return ask({ url, method, headers: { authorization }, ...(body === undefined ? {} : { body }) });
  };

const taken = (answer: PlatformAnswer): Record<string, unknown> => {
  if (!isTaken(answer)) throw mailchimpFault(answer);
  return (answer.body ?? {}) as Record<string, unknown>;
};

const memberOf = ({ email_address, ...merge_fields }: PlatformRow) => ({
  email_address,
  status: 'subscribed',
  merge_fields,
});

/** Addresses that an answer of 200 refuses nevertheless. */
const errorsIn = ({
  errors = [],
}: {
  errors?: { email_address?: string; email_addresses?: string[]; error?: string }[];
}) =>
  new Map(
    errors.flatMap(({ email_address, email_addresses = [], error = 'was refused' }) =>
      [...email_addresses, ...(email_address === undefined ? [] : [email_address])].map(
        address => [address.toLowerCase(), error] as const,
      ),
    ),
  );

const deliver = async (
  { rows, place: { listId, segmentId } }: Delivery<'mailchimp'>,
  api: AskMailchimp,
  tools: PlatformTools,
): Promise<DeliveryOutcome> => {
  const split = splitDelivery(rows, mailchimp, { sha256: tools.sha256 }, () => undefined);
  const refused = [...split.refused];
  let added = split.add;
  if (added.length > 0) {
    const members = added.map(({ fields }) => memberOf(fields));
    const answer = taken(
      await api('POST', `lists/${listId}?skip_merge_validation=true`, { members, update_existing: true }),
    );
    const errors = errorsIn(answer);
    refused.push(...added.flatMap(({ row, fields }) => refusalOf(row, errors.get(fields.email_address ?? ''))));
    added = added.filter(({ fields }) => !errors.has(fields.email_address ?? ''));
  }
  const members_to_add = added.flatMap(({ fields }) => fields.email_address ?? []);
  const members_to_remove = split.remove.flatMap(({ fields }) => fields.email_address ?? []);
  if (members_to_add.length + members_to_remove.length === 0) return { refused };
  const change = { members_to_add, members_to_remove };
  const errors = errorsIn(taken(await api('POST', `lists/${listId}/segments/${segmentId}`, change)));
  refused.push(...added.flatMap(({ row, fields }) => refusalOf(row, errors.get(fields.email_address ?? ''))));
  return { refused };
};

const refusalOf = (row: string, reason: string | undefined) => (reason === undefined ? [] : [{ row, reason }]);

/** Static segments of a Mailchimp audience: people become members of the audience, and of the segment. */
export const mailchimpDestination = (tools: PlatformTools): Destination<'mailchimp'> => {
  const api = clientOf(tools);
  return {
    deliver: delivery => deliver(delivery, api, tools),
    look: async ({ place: { listId, segmentId } }) => {
      const answer = await api('GET', `lists/${listId}/segments/${segmentId}`);
      if (answer.status === gone) return { usable: false, reason: mailchimpFault(answer).message };
      const { member_count, type } = taken(answer);
      if (type !== undefined && type !== 'static') return { usable: false, reason: 'the segment is not a static one' };
      return { usable: true, size: Number(member_count ?? 0) };
    },
  };
};
