import './mantine-parts.ts';
import '@mantine/notifications/styles.layer.css';
import { Notifications, notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { wordsOfFailure } from './words-of-failure.ts';

/** The corner in which notices are shown. */
export const Notices = (): ReactNode => <Notifications position="bottom-right" limit={4} />;

/** Says in a corner that something was done. */
export const noticeDone = (message: string): void => {
  notifications.show({ message, color: 'teal', autoClose: 4000 });
};

/** Says in a corner why something was not done. */
export const noticeFailure = (failure: unknown): void => {
  const { title, details } = wordsOfFailure(failure);
  notifications.show({ title, message: details.join(' '), color: 'red', autoClose: 10_000 });
};
