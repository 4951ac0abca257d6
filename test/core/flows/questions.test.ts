import { expect, test } from 'vitest';
import { routes } from '../../../core/contract/index.ts';
import type { Route } from '../../../core/contract/route.ts';
import { questions } from '../../../core/flows/questions.ts';

/** What is exported of a person is a request, which goes its own way. */
const asRequest = 'exportProfileData';

test('the routes that may answer later are those that a worker can ask', () => {
  const later = (routes as readonly Route[]).flatMap(({ id, later }) => (later && id !== asRequest ? [id] : []));
  expect(Object.keys(questions).sort()).toEqual(later.sort());
  for (const [id, { route }] of Object.entries(questions)) expect(route.id).toBe(id);
});
