import { google } from '../../../../core/engines/activation/platforms/google.ts';
import type { PlatformRow } from '../../../../core/engines/activation/platforms/platform.ts';
import type { PlatformPlace } from '../../../../core/model/platform-config.ts';
import type {
  Delivery,
  DeliveryOutcome,
  Destination,
  RemoteStatus,
  ReplaceBatch,
} from '../../../../core/ports/destination.ts';
import { originOf } from '../platform-connection.ts';
import { isTaken, type PlatformAnswer } from '../platform-request.ts';
import type { PlatformTools } from '../platform-tools.ts';
import { type NamedRow, splitDelivery } from '../split-delivery.ts';
import { googleFault, refusedMembers } from './google-fault.ts';
import { googleTokens } from './google-token.ts';

type AskManager = (method: 'GET' | 'POST', path: string, body?: object) => Promise<PlatformAnswer>;

const replaceMinutes = 24 * 60;
const unauthorized = 401;

const accountOf = (customerId: string) => ({
  accountType: 'GOOGLE_ADS',
  accountId: customerId.replaceAll('-', ''),
});

const destinationOf = ({ customerId, userListId, loginCustomerId }: PlatformPlace<'google'>) => ({
  operatingAccount: accountOf(customerId),
  ...(loginCustomerId === undefined ? {} : { loginAccount: accountOf(loginCustomerId) }),
  productDestinationId: userListId,
});

/** A member as the Data Manager wants it: each identifier an object of its own. */
export const memberOf = ({ emailAddress, phoneNumber, ...address }: PlatformRow) => ({
  userData: {
    userIdentifiers: [
      ...(emailAddress === undefined ? [] : [{ emailAddress }]),
      ...(phoneNumber === undefined ? [] : [{ phoneNumber }]),
      ...(address.givenName === undefined ? [] : [{ addressInfo: address }]),
    ],
  },
});

const granted = { adUserData: 'CONSENT_GRANTED', adPersonalization: 'CONSENT_GRANTED' };
const terms = { customerMatchTermsOfServiceStatus: 'ACCEPTED' };

/** Asks the Data Manager; a token that ended before its time is replaced once. */
const managerOf = (tools: PlatformTools): AskManager => {
  const tokenOf = googleTokens(tools);
  return async (method, path, body) => {
    const connection = await tools.connect('google');
    const url = `${originOf('google', connection, 'https://datamanager.googleapis.com', tools.standIns)}/v1/${path}`;
    const asked = async (renewed: boolean) => {
      const headers = { authorization: `Bearer ${await tokenOf(connection, renewed)}` };
      return tools.ask({ url, method, headers, ...(body === undefined ? {} : { body }) });
    };
    const answer = await asked(false);
    return answer.status === unauthorized ? asked(true) : answer;
  };
};

const requestIdIn = ({ body }: PlatformAnswer): string | undefined =>
  typeof body === 'object' && body !== null && 'requestId' in body ? String(body.requestId) : undefined;

type Verb = 'ingest' | 'remove';

/** Sends rows; those that the answer names as refused are left out of a second try, since one fails all. */
const sendRows = async (
  verb: Verb,
  rows: readonly NamedRow[],
  place: PlatformPlace<'google'>,
  manager: AskManager,
): Promise<DeliveryOutcome> => {
  const ask = (some: readonly NamedRow[]) =>
    manager('POST', `audienceMembers:${verb}`, {
      destinations: [destinationOf(place)],
      audienceMembers: some.map(({ fields }) => memberOf(fields)),
      encoding: 'HEX',
      ...(verb === 'ingest' ? { consent: granted, termsOfService: terms } : {}),
    });
  if (rows.length === 0) return { refused: [] };
  const first = await ask(rows);
  if (isTaken(first)) return { refused: [], remoteId: requestIdIn(first) };
  const named = refusedMembers(first);
  const rest = rows.filter((_row, index) => !named.has(index));
  if (named.size === 0) throw googleFault(first);
  const refused = rows.flatMap(({ row }, index) => (named.has(index) ? [{ row, reason: named.get(index) ?? '' }] : []));
  if (rest.length === 0) return { refused };
  const second = await ask(rest);
  if (!isTaken(second)) throw googleFault(second);
  return { refused, remoteId: requestIdIn(second) };
};

const splitFor = ({ rows }: Delivery<'google'>, { sha256 }: PlatformTools) =>
  splitDelivery(rows, google, { sha256 }, () => undefined);

const deliver = async (delivery: Delivery<'google'>, manager: AskManager, tools: PlatformTools) => {
  const { add, remove, refused } = splitFor(delivery, tools);
  const removed = await sendRows('remove', remove, delivery.place, manager);
  const added = await sendRows('ingest', add, delivery.place, manager);
  const all = [...refused, ...removed.refused, ...added.refused];
  return { refused: all, remoteId: added.remoteId ?? removed.remoteId };
};

/** Whoever was added last before the exchange began is taken out at its end; so the list is never empty. */
const replace = async (
  delivery: Delivery<'google'>,
  { session, last }: ReplaceBatch,
  manager: AskManager,
  tools: PlatformTools,
): Promise<DeliveryOutcome> => {
  const { add, refused } = splitFor(delivery, tools);
  const added = await sendRows('ingest', add, delivery.place, manager);
  const outcome = { refused: [...refused, ...added.refused], remoteId: added.remoteId };
  if (!last) return outcome;
  const removeAsOfTime = session.startedAt;
  const answer = await manager('POST', 'audienceMembers:removeAll', {
    destinations: [destinationOf(delivery.place)],
    removeAsOfTime,
  });
  if (!isTaken(answer)) throw googleFault(answer);
  return { ...outcome, remoteId: outcome.remoteId ?? requestIdIn(answer) };
};

interface DestinationStatus {
  requestStatus?: string;
  errorInfo?: { errorCounts?: { reason?: string; recordCount?: string }[] };
  audienceMembersIngestionStatus?: { userDataIngestionStatus?: { recordCount?: string } };
}

const statusIn = ({ body }: PlatformAnswer): RemoteStatus => {
  const { requestStatusPerDestination: [status = {}] = [] } = (body ?? {}) as {
    requestStatusPerDestination?: DestinationStatus[];
  };
  const { requestStatus = 'PROCESSING', errorInfo, audienceMembersIngestionStatus } = status;
  const counts = errorInfo?.errorCounts ?? [];
  const received = audienceMembersIngestionStatus?.userDataIngestionStatus?.recordCount;
  return {
    state: requestStatus === 'PROCESSING' ? 'processing' : requestStatus === 'FAILURE' ? 'failed' : 'done',
    received: received === undefined ? undefined : Number(received),
    refused: counts.reduce((sum, { recordCount = '0' }) => sum + Number(recordCount), 0),
    message: counts.flatMap(({ reason }) => reason ?? []).join(', ') || undefined,
  };
};

/** Customer Match lists, by the Data Manager API. */
export const googleDestination = (tools: PlatformTools): Destination<'google'> => {
  const manager = managerOf(tools);
  return {
    deliver: delivery => deliver(delivery, manager, tools),
    replace: {
      begin: async (_target, rowsEstimated) => {
        const startedAt = new Date(tools.now()).toISOString();
        return { id: startedAt, startedAt, minutesMax: replaceMinutes, rowsEstimated };
      },
      send: (delivery, batch) => replace(delivery, batch, manager, tools),
    },
    /** An empty request that is only validated tells whether the list is there and may be written. */
    look: async ({ place }) => {
      const destinations = [destinationOf(place)];
      const answer = await manager('POST', 'audienceMembers:removeAll', { destinations, validateOnly: true });
      if (isTaken(answer)) return { usable: true };
      const fault = googleFault(answer);
      if (fault.fault === 'unavailable' || fault.fault === 'unauthorized') throw fault;
      return { usable: false, reason: fault.message };
    },
    status: async (_target, remoteId) => {
      const answer = await manager('GET', `requestStatus:retrieve?requestId=${encodeURIComponent(remoteId)}`);
      if (!isTaken(answer)) throw googleFault(answer);
      return statusIn(answer);
    },
  };
};
