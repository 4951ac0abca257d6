import type { StreamConsumer } from '../../core/contract/workers.ts';

/**
 * How long the records of a stream are collected for a consumer, given the deployment's event window.
 *
 * @example streamWindowSeconds({ windowSeconds: 'follow' }, 1) // 0
 */
export const streamWindowSeconds = (
  { windowSeconds }: Pick<StreamConsumer, 'windowSeconds'>,
  flushSeconds: number,
): number => {
  if (windowSeconds === 'follow') return flushSeconds > 1 ? flushSeconds : 0;
  return windowSeconds === 'flush' ? flushSeconds : windowSeconds;
};
