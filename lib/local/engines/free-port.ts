import { createServer } from 'node:net';
import { LocalError } from '../local-error.ts';

const listen = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });

/** The wanted loopback port when it is free, else any free one. Port 0 asks for any. */
export const freePort = async (wanted: number): Promise<number> => {
  const port = (await listen(wanted)) ?? (await listen(0));
  if (port === undefined) throw new LocalError('No free port on 127.0.0.1.');
  return port;
};

/** Throws a `LocalError` when something else already listens on this loopback port. */
export const requireFreePort = async (port: number): Promise<void> => {
  if (port !== 0 && (await listen(port)) === undefined)
    throw new LocalError(`Port ${port} is in use. Stop what listens there, or set PORT to another one.`);
};
