import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '../engines/free-port.ts';
import { readState, writeState } from '../state-file.ts';
import { controlFake } from './control-fake.ts';
import type { FakeRequest } from './fake.ts';
import { fakes } from './fakes.ts';
import { fakesPage } from './fakes-page.ts';
import { RunningFake } from './running-fake.ts';

export interface Fakes {
  /** `http://127.0.0.1:<port>`; each stand-in answers below its name. */
  origin: string;
  /** The stand-in of a platform. */
  of(name: string): RunningFake;
  all: readonly RunningFake[];
  stop(): Promise<void>;
}

const slowMilliseconds = 60_000;

const bodyOf = (raw: string, contentType = ''): unknown => {
  if (raw === '') return undefined;
  if (contentType.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(raw));
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
};

const requestOf = async (incoming: IncomingMessage, url: URL, path: string): Promise<FakeRequest> => {
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, `${value}`]));
  const body = bodyOf(await text(incoming), headers['content-type']);
  return { method: incoming.method ?? 'GET', path, query: url.searchParams, headers, body };
};

const write = (outgoing: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  outgoing.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
};

const answerFake = async (running: RunningFake, request: FakeRequest, outgoing: ServerResponse): Promise<void> => {
  const outcome = await running.take(request);
  if ('answer' in outcome) {
    const { status, body, headers } = outcome.answer;
    return write(outgoing, status, body, headers);
  }
  if (outcome.silent === 'drop') return void outgoing.destroy();
  setTimeout(() => outgoing.destroy(), slowMilliseconds).unref();
};

/** Names other than this machine's are somebody else's page that was pointed here. */
const isHere = ({ headers }: IncomingMessage): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');

const handle = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  all: readonly RunningFake[],
): Promise<void> => {
  if (!isHere(incoming)) return write(outgoing, 403, { error: 'not here' });
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/') {
    outgoing.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(fakesPage(all));
    return;
  }
  const [, first = '', second = ''] = url.pathname.split('/');
  const isControl = first === '_stand-ins';
  const name = isControl ? second : first;
  const running = all.find(({ fake }) => fake.name === name);
  if (!running) return write(outgoing, 404, { error: `there is no stand-in ${name}` });
  const prefix = isControl ? `/_stand-ins/${name}` : `/${name}`;
  const request = await requestOf(incoming, url, url.pathname.slice(prefix.length) || '/');
  if (!isControl) return answerFake(running, request, outgoing);
  const { status, body } = controlFake(running, request);
  write(outgoing, status, body);
};

const closed = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Starts the stand-ins over the state directory, on the port of the last run where it is free. */
export const startFakes = async (stateDirectory: string): Promise<Fakes> => {
  const directory = join(stateDirectory, 'stand-ins');
  const all = await Promise.all(fakes.map(fake => RunningFake.open(fake, directory)));
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing, all).catch((fault: unknown) => {
      write(outgoing, 500, { error: fault instanceof Error ? fault.message : 'failed' });
    });
  });
  const portFile = join(directory, 'port.json');
  server.listen(await freePort(readState<number>(portFile) ?? 0), '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  writeState(portFile, port);
  return {
    origin: `http://127.0.0.1:${port}`,
    of: name => {
      const running = all.find(({ fake }) => fake.name === name);
      if (!running) throw new Error(`there is no stand-in ${name}`);
      return running;
    },
    all,
    stop: () => closed(server),
  };
};
