import { signedInCaller } from '../../core/flows/signed-in-caller.ts';
import { grantedScopes } from '../../core/model/caller.ts';
import { log } from '../../functions/kit/log.ts';
import { openPlatform, type Platform } from '../fixtures/open-platform.ts';
import { allCallers, type TestCaller } from './authz/callers.ts';
import { findForbiddenFields } from './authz/forbidden-fields.ts';
import { type Issuer, openIssuer } from './authz/issuer.ts';
import { refusalTimes } from './authz/refusal-times.ts';
import { type ServedOperation, sdkOperations, servedOperations } from './authz/served-operations.ts';
import { requestFor, tryEverything } from './authz/try-everything.ts';
import type { Verify } from './run.ts';

/** Open on purpose; a further one is a finding. */
const publicIds = new Set(['health', 'confirmConsent']);

const open = (issuer: Issuer): Promise<Platform> => {
  const opened: Promise<Platform> = openPlatform({
    overrides: {
      verifyToken: async token => signedInCaller(await issuer.verify(token), (await opened).services),
    },
  });
  return opened;
};

const undeclared = (operations: readonly ServedOperation[]): string[] =>
  operations
    .filter(({ id, scope }) => (scope === 'public' ? !publicIds.has(id) : !grantedScopes.some(one => one === scope)))
    .map(({ id, scope }) => `${id} is open, or needs no scope (${scope})`);

/** The slowest refusal of a key over the quickest. */
const refusalSpreadMax = 1.5;

/** How many reading operations answer a write key. */
const readsOfWriteKey = async (
  platform: Platform,
  operations: readonly ServedOperation[],
  callers: readonly TestCaller[],
): Promise<number> => {
  const writer = callers.find(({ name }) => name === 'a write key');
  let answered = 0;
  for (const operation of operations.filter(({ method, scope }) => method === 'GET' && scope !== 'public')) {
    const { target, request } = requestFor(operation, 'nothing-has-this-id', writer?.key ?? null);
    const { status } = await platform.call(target, request);
    if (status !== 403 && operation.scope !== 'ingest') answered += 1;
  }
  return answered;
};

/** How long a key is taken after it was revoked, looked at every second; by whoever has just used it. */
const secondsUntilRefused = async (platform: Platform): Promise<number> => {
  const { data } = await platform.call('createApiKey', { body: { name: 'to be revoked' } });
  const taken = async () => (await platform.call('getStats', { key: data.key })).status === 200;
  if (!(await taken())) throw new Error('a new key is not taken');
  await platform.call('revokeApiKey', { params: { id: data.id } });
  for (let seconds = 0; seconds <= 120; seconds += 1) {
    if (!(await taken())) return seconds;
    platform.clock.advance(1000);
  }
  return Number.POSITIVE_INFINITY;
};

/** The same questions to a platform that lets everybody do and see everything: they must find something. */
const withoutRules = async (issuer: Issuer): Promise<{ refusals: number; leaks: number; undeclared: number }> => {
  const everybody = { id: 'anybody', kind: 'secret' as const, scopes: [...grantedScopes], fieldPolicy: {} };
  const anybody = async () => ({ ...everybody, rateLimitPerMinute: null });
  const lawful = await open(issuer);
  const [operations, callers] = [await servedOperations(lawful), await allCallers(lawful, issuer)];
  const lawless = await openPlatform({ overrides: { verifyKey: anybody, verifyToken: anybody } });
  const refusals = await tryEverything(lawless, operations.slice(0, 10), callers);
  const { leaks } = await findForbiddenFields(lawless, operations, callers);
  const [first] = operations;
  const withoutScope = first
    ? undeclared([
        { ...first, scope: undefined },
        { ...first, scope: 'public' },
      ])
    : [];
  return { refusals: refusals.length, leaks: leaks.length, undeclared: withoutScope.length };
};

/**
 * Every operation of the served document, and what SDKs send to, by every kind of caller: who may not is refused, nobody
 * is told what is hidden from them, a write key reads nothing, a revoked key is refused within a minute, and refusals of
 * keys take the same time.
 */
export const verify: Verify = async () => {
  log.setLogLevel('SILENT');
  const issuer = await openIssuer();
  const platform = await open(issuer);
  const operations = [...(await servedOperations(platform)), ...sdkOperations()];
  const callers = await allCallers(platform, issuer);
  const faults = [...undeclared(operations), ...(await tryEverything(platform, operations, callers))];
  const fields = await findForbiddenFields(platform, operations, callers);
  const reads = await readsOfWriteKey(platform, operations, callers);
  const seconds = await secondsUntilRefused(platform);
  const control = await withoutRules(issuer);
  const times = await refusalTimes();
  for (const fault of [...faults, ...fields.leaks].slice(0, 40)) console.error(fault);
  const line = [
    `authz: ${operations.length} operations × ${callers.length} callers: ${faults.length} wrong`,
    `${fields.leaks.length} forbidden fields in ${fields.answers} answers`,
    `a write key reads ${reads} routes`,
    `a revoked key is refused after ${seconds} s`,
    `refusals of keys differ by ${times.spread.toFixed(2)}×`,
    `without rules: ${control.refusals} wrong, ${control.leaks} forbidden, ${control.undeclared} of 2 without a scope, ${times.control.toFixed(0)}×`,
  ].join(', ');
  const isTested =
    [fields.shown, control.refusals, control.leaks].every(found => found > 0) && control.undeclared === 2;
  const isTimed = times.spread <= refusalSpreadMax && times.control > refusalSpreadMax;
  const holds = faults.length === 0 && fields.leaks.length === 0 && reads === 0 && seconds <= 60 && isTimed;
  return { line, holds: holds && isTested };
};
