import type { ErrorComponentProps } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import styles from './shell.module.css';

const Failure = lazy(async () => ({ default: (await import('../../ui/failure.tsx')).Failure }));

/** A page that has failed, in place of it; the rest of the console goes on. */
export const PageFailure = ({ error, reset }: ErrorComponentProps): ReactNode => (
  <div className={styles.page}>
    <Suspense fallback={String(error)}>
      <Failure failure={error} onRetry={reset} />
    </Suspense>
  </div>
);
