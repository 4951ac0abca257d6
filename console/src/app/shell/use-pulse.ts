import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useCdp } from '../../lib/session.tsx';

const askMilliseconds = 4_000;
const windowMilliseconds = 30_000;

interface Reading {
  at: number;
  events: number;
}

/** How the platform fares right now. */
export interface Pulse {
  eventsPerSecond: number;
  /** Up to which receive time profiles reflect events. */
  watermark?: string | undefined;
  /** Messages that failed for good. */
  failed: number;
}

/** Counts are read every few seconds: their growth over half a minute is the throughput. */
export const usePulse = () => {
  const cdp = useCdp();
  const readings = useRef<Reading[]>([]);
  return useQuery({
    queryKey: ['pulse'],
    refetchInterval: askMilliseconds,
    queryFn: async ({ signal }): Promise<Pulse> => {
      const [{ totalEvents }, { stages, watermark }] = await Promise.all([
        cdp.getStats({}, { signal }),
        cdp.getPipeline({}, { signal }),
      ]);
      const now = Date.now();
      const kept = [...readings.current, { at: now, events: totalEvents }];
      readings.current = kept.filter(({ at }) => now - at <= windowMilliseconds);
      const first = readings.current[0] ?? { at: now, events: totalEvents };
      const seconds = (now - first.at) / 1000;
      return {
        eventsPerSecond: seconds > 0 ? Math.max(0, (totalEvents - first.events) / seconds) : 0,
        watermark,
        failed: stages.reduce((sum, { dlq = 0 }) => sum + dlq, 0),
      };
    },
  });
};
