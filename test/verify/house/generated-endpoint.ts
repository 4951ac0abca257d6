import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const contract = `
export const greetCustomer = route({
  id: 'greetCustomer',
  capability: 'system',
  method: 'POST',
  path: '/greetings',
  scope: 'read',
  status: 200,
  summary: 'Greet a customer',
  body: z.strictObject({ name: z.string().min(1).max(100) }),
  response: z.object({ greeting: z.string() }),
  examples: [{ summary: 'A greeting', body: { name: 'Jane' } }],
});
`;

const handler = `import { greetCustomer } from '../../../core/contract/system.ts';
import { endpoint } from '../../kit/endpoint.ts';

export const handler = endpoint(greetCustomer, async ({ body }) => ({
  greeting: \`Hello, \${body.name}\`,
}));
`;

const test = `import { expect, test } from 'vitest';
import { handler } from '../../../../functions/api/system/greet-customer.ts';

test('greeting a customer is declared to need the scope read', () => {
  expect(handler.route.scope).toBe('read');
});
`;

const write = (file: string, content: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

/** Adds an endpoint to a checkout as `docs/adding.md` says: an entry of the contract, a handler, a test. */
export const addEndpoint = (checkout: string): void => {
  appendFileSync(join(checkout, 'core/contract/system.ts'), contract);
  write(join(checkout, 'functions/api/system/greet-customer.ts'), handler);
  write(join(checkout, 'test/functions/api/system/greet-customer.test.ts'), test);
};
