import type { CounterStore } from '../ports/counters.ts';

/** The newest receive time of an event that profiles reflect; absent before there was any. */
export const watermarkOf = async (counters: Pick<CounterStore, 'totals'>): Promise<{ watermark?: string }> => {
  const { watermark } = await counters.totals();
  return watermark > 0 ? { watermark: new Date(watermark).toISOString() } : {};
};
