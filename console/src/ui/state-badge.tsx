import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';

const colors: Record<string, string> = {
  completed: 'teal',
  delivered: 'teal',
  connected: 'teal',
  granted: 'teal',
  succeeded: 'teal',
  processed: 'teal',
  active: 'teal',
  merged: 'teal',
  running: 'indigo',
  sending: 'indigo',
  open: 'indigo',
  waiting: 'yellow',
  pending: 'yellow',
  deferred: 'yellow',
  quarantined: 'orange',
  failed: 'red',
  denied: 'red',
  withdrawn: 'red',
  blocked: 'red',
  revoked: 'red',
  enforce: 'red',
  warn: 'yellow',
};

/** How something stands, in its word and its colour. */
export const StateBadge = ({ state }: { state: string }): ReactNode => (
  <Badge color={colors[state] ?? 'gray'}>{state.replaceAll('_', ' ')}</Badge>
);
