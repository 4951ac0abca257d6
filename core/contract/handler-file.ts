import type { Route } from './route.ts';

/** `createProfile` → `create-profile`. */
export const kebab = (camelCase: string): string => camelCase.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/** The one rule that names a handler's file from its route, below `functions/`, without extension. */
export const handlerFile = (route: Pick<Route, 'id' | 'capability'>): string =>
  `api/${route.capability}/${kebab(route.id)}`;

/** The file of what is driven by a stream, a queue or a schedule. */
export const workerFile = (folder: 'streams' | 'queues' | 'jobs', id: string): string => `${folder}/${kebab(id)}`;
