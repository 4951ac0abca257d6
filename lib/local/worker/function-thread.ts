import Module, { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { type InvocationFacts, lambdaContext } from './lambda-context.ts';
import { callHandler, type Handler, loadHandler } from './load-handler.ts';
import { awslambda, ResponseStream, streamHandlerOf } from './response-stream.ts';
import type { FromWorker, ToWorker, WorkerOrder } from './worker-messages.ts';

/** The program of a thread that runs one function: loads its handler, then answers invocations one by one. */
const order = workerData as WorkerOrder;
const streams = new Map<string, ResponseStream>();

const send = (message: FromWorker): void => parentPort?.postMessage(message);

/** Lets `import` find packages of the function's layers, as `NODE_PATH` does in Lambda. */
const resolveFromLayers = (layers: string[]): void => {
  const roots = layers.map(layer => pathToFileURL(join(layer, 'nodejs', 'package.json')).href);
  const hooks = `
    import { createRequire } from 'node:module';
    import { pathToFileURL } from 'node:url';
    const roots = ${JSON.stringify(roots)};
    export const resolve = async (specifier, context, next) => {
      try { return await next(specifier, context); } catch (error) {
        if (error.code !== 'ERR_MODULE_NOT_FOUND' || /^[./]|^[a-z]+:/.test(specifier)) throw error;
        for (const parentURL of roots)
          try { return await next(specifier, { ...context, parentURL }); } catch (inner) {
            if (inner.code !== 'ERR_MODULE_NOT_FOUND') throw inner;
          }
        throw error;
      }
    };`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  const { globalPaths } = Module as unknown as { globalPaths: string[] };
  globalPaths.push(...layers.map(layer => join(layer, 'nodejs', 'node_modules')));
};

const run = async (handler: Handler, id: string, event: string, facts: InvocationFacts): Promise<void> => {
  const context = lambdaContext(facts);
  const streamHandler = streamHandlerOf(handler);
  if (!streamHandler) {
    const result = await callHandler(handler, JSON.parse(event), context);
    send({ kind: 'answered', id, json: JSON.stringify(result) });
    return;
  }
  const stream = new ResponseStream(id, send);
  streams.set(id, stream);
  const closed = new Promise((resolve, reject) => stream.once('close', resolve).once('error', reject));
  await streamHandler(JSON.parse(event), stream, context);
  await closed;
  streams.delete(id);
  send({ kind: 'answered', id, json: undefined });
};

Object.assign(globalThis, { awslambda });
if (order.layers.length > 0) resolveFromLayers(order.layers);
const loading = loadHandler(order.codeDirectory, order.handler);
loading.catch(() => undefined);

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'drained') return streams.get(message.id)?.drained();
  const { id, event, facts } = message;
  loading
    .then(handler => run(handler, id, event, facts))
    .catch((error: unknown) => {
      const known = error instanceof Error ? error : new Error(String(error));
      send({ kind: 'failed', id, message: `${known.name}: ${known.message}`, stack: known.stack });
    });
});
