import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { LocalError } from '../local-error.ts';
import { freePort } from './free-port.ts';
import { newTableFile } from './new-table-file.ts';

/** A running DynamoDB engine on a loopback port. */
export interface DynamoProcess {
  port: number;
  processId: number;
  stop(): Promise<void>;
  /** Ends it at once, without waiting. */
  kill(): void;
  onExit(listener: (code: number | null) => void): void;
}

const executable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const fromPackage = (): string | undefined => {
  try {
    const manifest = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    return ['dynoxide', 'dynoxide.exe'].map(name => join(dirname(manifest), name)).find(existsSync);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
};

const fromPath = (): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map(directory => join(directory, 'dynoxide'))
    .find(executable);

/**
 * The DynamoDB engine's program: the package of this platform, else `dynoxide` on the PATH. (A `DYNAMODB_ENDPOINT`
 * in the environment is taken before this is asked.) Throws a `LocalError` which names the choices.
 */
export const dynamoProgram = (): string => {
  const program = fromPackage() ?? fromPath();
  if (program) return program;
  throw new LocalError(
    `No DynamoDB engine for ${process.platform}-${process.arch}. Install @dynoxide/${process.platform}-${process.arch}, put dynoxide on the PATH, or set DYNAMODB_ENDPOINT to a running engine with transactions and streams, such as DynamoDB Local.`,
  );
};

/** Where the engine keeps its data. */
export const tableDirectory = (stateDirectory: string): string => join(stateDirectory, 'table');

/** The first bytes of a file; the rest of it may be large. */
const headOf = (file: string, length: number): string => {
  const descriptor = openSync(file, 'r');
  const bytes = Buffer.alloc(length);
  const read = readSync(descriptor, bytes, 0, length, 0);
  closeSync(descriptor);
  return bytes.subarray(0, read).toString('latin1');
};

/** The first bytes of every SQLite file; anything else in its place is a corrupt state. */
const refuseCorrupt = (file: string): void => {
  if (!existsSync(file)) return;
  const head = headOf(file, 16);
  if (head !== '' && head !== 'SQLite format 3\0')
    throw new LocalError(`${file} is no database any more. Remove the state directory to start afresh.`);
};

const exited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const answers = async (child: ChildProcess, port: number, log: () => string): Promise<void> => {
  for (let waited = 0; waited < 10_000; waited += 10) {
    if (exited(child)) throw new LocalError(`The DynamoDB engine did not start: ${log().trim()}`);
    const reached = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (reached) return;
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  throw new LocalError('The DynamoDB engine did not answer within 10 s.');
};

/**
 * Starts the engine over `<state>/table/` and waits until it answers.
 *
 * What a kill -9 leaves behind was measured with dynoxide 1.2.1: the stream's ARN, its records and their sequence
 * numbers (1, 2, 3 …) are kept, iterators name a position and stay valid, and `AFTER_SEQUENCE_NUMBER` continues where
 * the last checkpoint stood. So a mapping needs nothing but its checkpoint. The one shard of a stream always reports
 * an `EndingSequenceNumber` although it is open: only a missing `NextShardIterator` tells that a shard has ended.
 */
export const createDynamoProcess = async (stateDirectory: string, wantedPort: number): Promise<DynamoProcess> => {
  const directory = tableDirectory(stateDirectory);
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'table.sqlite');
  refuseCorrupt(file);
  if (!existsSync(file)) newTableFile(file);
  const port = await freePort(wantedPort);
  const options = ['serve', '--host', '127.0.0.1', '--port', String(port), '--db-path', file];
  const child = spawn(dynamoProgram(), options, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  let said = '';
  child.stderr.on('data', chunk => {
    said = (said + String(chunk)).slice(-2000);
  });
  await answers(child, port, () => said);
  let stopping = false;
  return {
    port,
    processId: child.pid ?? 0,
    stop: () =>
      new Promise(resolve => {
        stopping = true;
        if (exited(child)) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
        setTimeout(() => child.kill('SIGKILL'), 2000).unref();
      }),
    kill: () => child.kill('SIGKILL'),
    onExit: listener => {
      child.once('exit', code => {
        if (!stopping) listener(code);
      });
    },
  };
};
