import { rmSync } from 'node:fs';
import type { Verify } from './run.ts';
import { clockCases } from './runtime/clock-cases.ts';
import { httpCases } from './runtime/http-cases.ts';
import { synthesiseProbes } from './runtime/probe-app.ts';
import type { Bench } from './runtime/probe-case.ts';
import { startProbes } from './runtime/probe-runtime.ts';
import { queueCases } from './runtime/queue-cases.ts';
import { refusalCases } from './runtime/refusal-cases.ts';
import { restartCases } from './runtime/restart-cases.ts';
import { besideEachOther, inTurn } from './runtime/run-cases.ts';
import { shardCases } from './runtime/shard-cases.ts';
import { streamCases } from './runtime/stream-cases.ts';
import { tableCases } from './runtime/table-cases.ts';

/** Each row runs one by one, beside the other rows. The cases of time alone follow when everything else is still. */
const rows = [
  [...streamCases, ...shardCases],
  [...queueCases, ...tableCases],
  [...httpCases, ...refusalCases, ...restartCases],
];

/** Holds the local runtime against a small app with one function per case. */
export const verify: Verify = async () => {
  const assemblyDirectory = synthesiseProbes();
  const runtime = await startProbes({ assemblyDirectory });
  const bench: Bench = { runtime, assemblyDirectory };
  const failed = (await besideEachOther(rows, bench)) + (await inTurn(clockCases, bench));
  if (failed > 0) for (const line of runtime.lines.slice(-200)) console.log(`runtime: ${line.slice(0, 300)}`);
  await runtime.stop();
  for (const directory of [runtime.stateDirectory, assemblyDirectory])
    rmSync(directory, { recursive: true, force: true });
  const cases = [...rows, clockCases].flat().length;
  return { line: `runtime: ${cases} cases, ${failed} failed`, holds: failed === 0 };
};
