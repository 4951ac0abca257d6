import { createDynamoProcess, type DynamoProcess } from './dynamodb.ts';
import type { EngineName, EngineOrder, EngineReport } from './engine-order.ts';
import { startKinesis } from './kinesis.ts';
import { startObjectServer } from './objects/object-server.ts';
import { startQueues } from './queues/queue-engine.ts';

type Stop = () => Promise<void>;

const stops: Stop[] = [];
let dynamo: DynamoProcess | undefined;

const report = (message: EngineReport): void => {
  if (process.connected) process.send?.(message);
};

/** Ends this process and what it started; `kill` is for the case that the runtime is gone. */
const leave = async (kill: boolean): Promise<void> => {
  if (kill) dynamo?.kill();
  else await Promise.all(stops.map(stop => stop()));
  process.exit(0);
};

const start: Record<EngineName, (order: EngineOrder, port: number) => Promise<{ port: number; stop: Stop }>> = {
  dynamodb: async (order, port) => {
    dynamo = await createDynamoProcess(order.stateDirectory, port);
    dynamo.onExit(code => report({ kind: 'failed', message: `The DynamoDB engine ended by itself (code ${code}).` }));
    return dynamo;
  },
  kinesis: (order, port) => startKinesis(order, port, name => report({ kind: 'arrived', engine: 'kinesis', name })),
  queues: (order, port) => startQueues(order, port, name => report({ kind: 'arrived', engine: 'queues', name })),
  objects: (order, port) => startObjectServer(order, port),
};

const startAll = async (order: EngineOrder): Promise<void> => {
  const ports: EngineReport & { kind: 'ready' } = { kind: 'ready', ports: {} };
  for (const [name, port] of Object.entries(order.ports) as [EngineName, number][]) {
    const engine = await start[name](order, port);
    stops.push(engine.stop);
    ports.ports[name] = engine.port;
  }
  report({ ...ports, processId: dynamo?.processId });
};

process.on('disconnect', () => void leave(true));
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.once('message', message => {
  startAll(message as EngineOrder).catch((error: unknown) => {
    report({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    setImmediate(() => void leave(true));
  });
  process.once('message', () => void leave(false));
});
