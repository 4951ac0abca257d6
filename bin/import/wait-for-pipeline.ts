import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../core/contract/client.ts';

type Stage = Awaited<ReturnType<Client['getPipeline']>>['stages'][number];

export interface WaitOptions {
  timeoutSeconds: number;
  stop: AbortSignal;
  /** Told what is still being worked on. */
  onWait: (busy: string) => void;
  pollMs?: number;
  /** How long nothing may be heard of work before it counts as done: work passes unseen from stage to stage. */
  quietMs?: number;
}

export type WaitResult = { state: 'done' } | { state: 'stopped' } | { state: 'timeout'; busy: string };

const busyWith = ({ name, kind, depth = 0, lagMs = 0 }: Stage): string[] => {
  if (kind === 'stream') return lagMs > 0 || depth > 0 ? [`${name} ${(lagMs / 1000).toFixed(1)} s behind`] : [];
  return depth > 0 ? [`${name} ${depth.toLocaleString('en-US')} waiting`] : [];
};

/** Waits until no stage of the pipeline has had work for a while. @throws what the client throws */
export const waitForPipeline = async (client: Client, options: WaitOptions): Promise<WaitResult> => {
  const { timeoutSeconds, stop, onWait, pollMs = 500, quietMs = 3000 } = options;
  const endAt = performance.now() + timeoutSeconds * 1000;
  let quietSince = performance.now();
  while (!stop.aborted) {
    const { stages } = await client.getPipeline();
    const now = performance.now();
    const busy = stages.flatMap(busyWith).join(', ');
    if (busy !== '') {
      quietSince = now;
      onWait(busy);
    }
    if (busy === '' && now - quietSince >= quietMs) return { state: 'done' };
    if (now >= endAt) return { state: 'timeout', busy: busy || 'a stage that just became quiet' };
    await sleep(pollMs);
  }
  return { state: 'stopped' };
};
