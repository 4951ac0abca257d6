import type * as z from 'zod';
import { fieldClassesIn } from '../../core/contract/project-fields.ts';
import type { Route } from '../../core/contract/route.ts';
import { Problem } from '../../core/errors.ts';
import { auditSubject } from '../../core/flows/audit-subject.ts';
import type { Caller } from '../../core/model/caller.ts';
import { count, log } from './log.ts';
import type { Services } from './services.ts';

const subjectsMax = 1000;

/** Reading personal data and every change is on record; sending events is recorded by the events themselves. */
export const isAudited = (route: Route): boolean =>
  route.audited ??
  (route.scope !== 'public' && route.scope !== 'ingest' && (route.method !== 'GET' || classesOf(route).length > 0));

/** What may change something; a POST that needs no more than reading only asks. */
const changes = ({ method, scope }: Route): boolean => method !== 'GET' && scope !== 'read';

const classesOf = (route: Route) => (route.response ? [...fieldClassesIn(route.response)] : []);

/** The pseudonyms in an answer: its own id and those of its items. */
const idsIn = (data: unknown): string[] => {
  const idOf = (value: unknown): string[] => {
    const { id, profileId } = (value ?? {}) as { id?: unknown; profileId?: unknown };
    return [profileId ?? id].filter(one => typeof one === 'string');
  };
  const { items } = (data ?? {}) as { items?: unknown };
  return Array.isArray(items) ? items.flatMap(idOf) : idOf(data);
};

/** The ids in the path; what tells who somebody is is left out. */
const namedIn = ({ params: schema }: Route, params: unknown): string[] =>
  Object.entries((params ?? {}) as Record<string, string>).flatMap(([name, value]) => {
    const parameter = schema?.shape[name] as z.ZodType | undefined;
    return parameter && fieldClassesIn(parameter).size > 0 ? [] : [value];
  });

export interface AuditedCall {
  route: Route;
  caller: Caller;
  params: unknown;
  requestId: string;
}

/** What a call has come to. */
interface Done {
  status: number;
  data: unknown;
}

type AuditTools = Pick<Services, 'audit' | 'now'>;

const subjectsOf = async (texts: readonly string[], { audit }: AuditTools): Promise<string[]> =>
  Promise.all([...new Set(texts)].slice(0, subjectsMax).map(text => auditSubject(text, audit)));

const callOf = async ({ route, caller, params, requestId }: AuditedCall, tools: AuditTools, done?: Done) => {
  const named = namedIn(route, params);
  return {
    at: tools.now().toISOString(),
    actor: caller.id,
    action: route.id,
    subjects: await subjectsOf([...named, ...idsIn(done?.data)], tools),
    fieldClasses: classesOf(route),
    requestId,
    ...(done ? { status: done.status } : {}),
  };
};

/** Puts a read on record, durably, before its answer leaves. */
export const recordRead = async (call: AuditedCall, done: Done, tools: AuditTools): Promise<void> => {
  if (isAudited(call.route)) await tools.audit.append(await callOf(call, tools, done));
};

const statusOf = (fault: unknown): number => (fault instanceof Problem ? fault.status : 500);

/**
 * Runs a call and keeps one entry of it. A change is on record before it happens, and what came of it afterwards: where
 * the process ends between the two, the entry stays and says that nobody knows. What was read is on record before it is
 * answered.
 */
export const recorded = async <Result extends Done>(
  call: AuditedCall,
  run: () => Promise<Result>,
  tools: AuditTools,
): Promise<Result> => {
  if (!isAudited(call.route)) return run();
  if (!changes(call.route)) {
    const done = await run();
    await recordRead(call, done, tools);
    return done;
  }
  const entry = await tools.audit.append(await callOf(call, tools));
  const close = async (status: number, data?: unknown): Promise<void> => {
    const subjects = await subjectsOf(idsIn(data), tools);
    await tools.audit.close(entry, { at: tools.now().toISOString(), status, subjects });
  };
  const done = await run().catch(async (fault: unknown) => {
    await close(statusOf(fault)).catch(() => unclosed(call));
    throw fault;
  });
  await close(done.status, done.data).catch(() => unclosed(call));
  return done;
};

/** The change stands, and so does its entry: that its outcome could not be kept is no reason to say that it failed. */
const unclosed = ({ route, requestId }: AuditedCall): void => {
  log.error('the outcome of a call could not be put on record', { route: route.id, requestId });
  count({ AuditOutcomesLost: 1 });
};
