import { expect, test } from 'vitest';
import { routes } from '../../../core/contract/index.ts';
import type { Route } from '../../../core/contract/route.ts';
import { questions } from '../../../core/flows/questions.ts';

test('the routes that may answer later are those that a worker can ask', () => {
  const later = (routes as readonly Route[]).filter(route => route.later).map(({ id }) => id);
  expect(Object.keys(questions).sort()).toEqual(later.sort());
  for (const [id, { route }] of Object.entries(questions)) expect(route.id).toBe(id);
});
