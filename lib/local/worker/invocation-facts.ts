import { randomUUID } from 'node:crypto';
import type { DeclaredFunction } from '../assembly/functions.ts';
import type { InvocationFacts } from './lambda-context.ts';

/** The facts of a new invocation that starts now. */
export const invocationFacts = (declared: DeclaredFunction): InvocationFacts => ({
  requestId: randomUUID(),
  functionName: declared.name,
  functionArn: declared.arn,
  memoryMegabytes: declared.memoryMegabytes,
  deadline: Date.now() + declared.timeoutSeconds * 1000,
});
