import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { formatAgo, formatMoment } from '../lib/format.ts';

const tickMilliseconds = 10_000;

/** How long ago, kept current; the moment itself stands behind it. */
export const Ago = ({ at }: { at: string }): ReactNode => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMilliseconds);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={formatMoment(at)}>
      {formatAgo(at, Math.max(now, Date.parse(at)))}
    </time>
  );
};
