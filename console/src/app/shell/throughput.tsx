import type { ReactNode } from 'react';
import { formatAgo } from '../../lib/format.ts';
import { shellWords } from '../../words/shell.ts';
import styles from './throughput.module.css';
import { type Pulse, usePulse } from './use-pulse.ts';

const rate = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

const stateOf = ({ failed, eventsPerSecond }: Pulse): string =>
  failed > 0 ? 'failed' : eventsPerSecond > 0 ? 'live' : 'idle';

/** How many events have their effect each second, and whether all is well. */
export const Throughput = (): ReactNode => {
  const { data, isError } = usePulse();
  if (data === undefined) return null;
  const reflected = data.watermark ? ` ${shellWords.upToDate(formatAgo(data.watermark, Date.now()))}` : '';
  const failed = data.failed > 0 ? ` ${shellWords.failedForGood(data.failed)}` : '';
  return (
    <span
      className={styles.throughput}
      data-state={isError ? 'down' : stateOf(data)}
      title={`${shellWords.throughputHint}.${reflected}${failed}`}
    >
      <span className={styles.light} aria-hidden />
      {shellWords.throughput(rate.format(data.eventsPerSecond))}
    </span>
  );
};
