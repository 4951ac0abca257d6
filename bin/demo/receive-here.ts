import { openReceiver, type ReceivedRow, type Receiver } from './open-receiver.ts';
import { receiverPlace } from './receiver-place.ts';

/** Where the audience is sent, or why nowhere. */
export type Receiving = { url: string; receiver?: Receiver } | { refused: string };

const here = new Set(['localhost', '127.0.0.1', '[::1]']);

const whyClosed: Record<string, string> = {
  EADDRINUSE: 'is in use',
  EACCES: 'is not open to everybody',
  ERR_SOCKET_BAD_PORT: 'is none',
};

/** Only a platform on this machine reaches a receiver on it. */
const openHere = async (platformUrl: string, onRow: (row: ReceivedRow) => void): Promise<Receiving> => {
  const { hostname, port, protocol } = new URL(platformUrl);
  if (!here.has(hostname)) return { refused: `${hostname} does not reach a receiver on this machine` };
  const place = receiverPlace(Number(port || (protocol === 'https:' ? 443 : 80)));
  try {
    const receiver = await openReceiver(place, onRow);
    return { url: receiver.url, receiver };
  } catch (failure) {
    const why = whyClosed[(failure as NodeJS.ErrnoException).code ?? ''];
    if (why === undefined) throw failure;
    return { refused: `port ${place.port}, where the receiver would listen, ${why}` };
  }
};

/** Opens a receiver for the audience, unless another address is given. */
export const receiveHere = async (
  platformUrl: string,
  webhook: string | undefined,
  onRow: (row: ReceivedRow) => void,
): Promise<Receiving> => (webhook === undefined ? openHere(platformUrl, onRow) : { url: webhook });
