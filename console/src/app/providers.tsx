import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { openQueries } from './open-queries.ts';
import { readable, theme } from './theme.ts';

const queries = openQueries();

/** What every page stands on: looks and answers. */
export const Providers = ({ children }: { children: ReactNode }): ReactNode => (
  <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={readable}>
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  </MantineProvider>
);
