import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { router } from './router.ts';

/** All pages, for whoever is signed in. */
export const Console = (): ReactNode => <RouterProvider router={router} />;
