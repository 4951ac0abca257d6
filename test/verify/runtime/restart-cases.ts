import { rmSync } from 'node:fs';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { bucketName, secretName } from './probe-app.ts';
import { type Bench, holds, type ProbeCase, same } from './probe-case.ts';
import { until } from './probe-logs.ts';
import { type ProbeRuntime, startProbes } from './probe-runtime.ts';
import { putRecords } from './put-records.ts';
import { send } from './queue-cases.ts';
import { readSecret } from './read-secret.ts';

/** Runs on a runtime of its own, and ends it whatever happens. */
const onOwnRuntime =
  (run: (own: ProbeRuntime, bench: Bench) => Promise<ProbeRuntime>): ProbeCase['run'] =>
  async bench => {
    const own = await startProbes({ assemblyDirectory: bench.assemblyDirectory });
    let last = own;
    try {
      last = await run(own, bench);
    } finally {
      await last.kill();
      rmSync(own.stateDirectory, { recursive: true, force: true });
    }
  };

const killed: ProbeCase = {
  name: 'kill -9: queues, objects, secrets and stream positions are kept',
  run: onOwnRuntime(async (own, { assemblyDirectory }) => {
    await putRecords(own, 'kept', [{ id: 'before1' }, { id: 'before2' }]);
    await until('the first records', () => (own.logs.ended('kept').length === 2 ? true : undefined));
    const secret = await readSecret(own, secretName);
    await own.clients.objects.send(new PutObjectCommand({ Bucket: bucketName, Key: 'a/b', Body: 'kept' }));
    await send(own, 'probe-held', [{ id: 'in-work', sleeps: 20_000, once: true }]);
    await own.logs.when('held', 'the message in work', entries => entries.length > 0);
    await send(own, 'probe-held', [{ id: 'delayed' }], 2);
    await send(own, 'probe-idle', [{ id: 'waiting' }]);
    await putRecords(own, 'kept', [{ id: 'slow', sleeps: 3000 }, { id: 'behind' }]);
    await until('the slow record', () => (own.logs.begun('kept').length === 2 ? true : undefined));
    await own.kill();
    const next = await startProbes({ assemblyDirectory, stateDirectory: own.stateDirectory });
    await next.logs.when('kept', 'the unfinished batch', () => next.logs.ended('kept').includes('behind'));
    same('what was done stays done', next.logs.ended('kept'), ['before1', 'before2', 'slow', 'behind']);
    same('the secret', await readSecret(next, secretName), secret);
    const { Body } = await next.clients.objects.send(new GetObjectCommand({ Bucket: bucketName, Key: 'a/b' }));
    same('the object', await Body?.transformToString(), 'kept');
    const begun = await next.logs.when('held', 'both messages', () => {
      const ids = next.logs.begun('held').flatMap(entry => entry.ids);
      return ids.includes('delayed') && ids.filter(id => id === 'in-work').length >= 2;
    });
    holds(
      'the message in work counts its receives',
      begun.some(({ receives }) => (receives as number[])?.[0] === 2),
      begun,
    );
    same('the waiting message', await next.idleMessages(), ['waiting']);
    return next;
  }),
};

const sideBySide: ProbeCase = {
  name: 'two runtimes side by side keep apart',
  run: onOwnRuntime(async (own, { runtime }) => {
    await putRecords(own, 'kept', [{ id: 'of-the-second' }]);
    await putRecords(runtime, 'kept', [{ id: 'of-the-first' }]);
    await until('both records', () =>
      own.logs.ended('kept').length > 0 && runtime.logs.ended('kept').length > 0 ? true : undefined,
    );
    same('the first', runtime.logs.ended('kept'), ['of-the-first']);
    same('the second', own.logs.ended('kept'), ['of-the-second']);
    holds('two addresses', own.url !== runtime.url, [own.url, runtime.url]);
    holds('both answer', (await fetch(`${own.url}/echo/x`)).ok && (await fetch(`${runtime.url}/echo/x`)).ok, own.url);
    return own;
  }),
};

/** What a kill leaves, and what runs beside it. */
export const restartCases: ProbeCase[] = [killed, sideBySide];
