import type { Platform } from '../../fixtures/open-platform.ts';
import type { PlatformRequest } from '../../fixtures/platform-gateway.ts';
import type { TestCaller } from './callers.ts';
import type { ServedOperation } from './served-operations.ts';

const nobody = 'nothing-has-this-id';
/** What is told for as long as somebody listens is asked for once. */
const askedOnce = '?after=';

export const requestFor = (
  { method, path, example }: ServedOperation,
  id: string,
  key: string | null,
): { target: `GET /${string}`; request: PlatformRequest } => {
  const address = path.replaceAll(/\{\w+\}/g, encodeURIComponent(id)) + (path.endsWith('/stream') ? askedOnce : '');
  return {
    target: `${method} ${address}` as `GET /${string}`,
    request: { key, ...(example === undefined ? {} : { body: example }) },
  };
};

const isOpen = ({ scope }: ServedOperation): boolean => scope === 'public';

const mayCall = ({ scopes }: TestCaller, { scope }: ServedOperation): boolean => scopes.some(one => one === scope);

/** What is wrong with a status; nothing when it is as it must be. */
const faultOf = (status: number, caller: TestCaller, operation: ServedOperation): string | undefined => {
  const refused = status === 401 || status === 403;
  const what = `${operation.id} (${operation.scope}) answers ${status} to ${caller.name}`;
  if (status >= 500) return what;
  if (isOpen(operation)) return refused ? what : undefined;
  if (caller.unknown) return status === 401 ? undefined : what;
  if (mayCall(caller, operation)) return refused ? what : undefined;
  return status === 403 ? undefined : what;
};

/** Every operation by every caller, on ids that name nothing: only whether they may is asked. */
export const tryEverything = async (
  platform: Platform,
  operations: readonly ServedOperation[],
  callers: readonly TestCaller[],
): Promise<string[]> => {
  const faults: string[] = [];
  for (const operation of operations) {
    for (const caller of callers) {
      const { target, request } = requestFor(operation, nobody, caller.key);
      const { status } = await platform.call(target, request);
      const fault = faultOf(status, caller, operation);
      if (fault !== undefined) faults.push(fault);
    }
  }
  return faults;
};
