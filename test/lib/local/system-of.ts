import type { Place } from '../../../lib/local/assembly/place.ts';
import type { Stack } from '../../../lib/local/assembly/stack.ts';
import { System } from '../../../lib/local/assembly/system.ts';
import type { Template } from '../../../lib/local/assembly/template.ts';

export const place: Place = {
  region: 'eu-test-1',
  accountId: '000000000000',
  origin: 'http://127.0.0.1:3001',
  queueOrigin: 'http://127.0.0.1:9324',
  objectOrigin: 'http://127.0.0.1:9000',
};

/** A stack as the assembly would have it. */
export const stackOf = (path: string, template: Template, more: Partial<Stack> = {}): Stack => ({
  path,
  template,
  directory: '/nowhere',
  parameters: {},
  nested: new Map(),
  ...more,
});

/** A system of one stack with these resources. */
export const systemOf = (resources: Template['Resources']): System =>
  new System({ stacks: [stackOf('Shop', { Resources: resources })], assets: new Map() }, place);
