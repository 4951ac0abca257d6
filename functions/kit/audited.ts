import type * as z from 'zod';
import { fieldClassesIn } from '../../core/contract/project-fields.ts';
import type { Route } from '../../core/contract/route.ts';
import type { Caller } from '../../core/model/caller.ts';
import type { Services } from './services.ts';

const subjectsMax = 1000;

/** Reading personal data and every change is on record; sending events is recorded by the events themselves. */
const isAudited = (route: Route): boolean =>
  route.scope !== 'public' && route.scope !== 'ingest' && (route.method !== 'GET' || classesOf(route).length > 0);

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
  data: unknown;
  status: number;
  requestId: string;
}

/** Puts the call on record, durably, before its answer leaves. */
export const recordCall = async (call: AuditedCall, { audit, now }: Services): Promise<void> => {
  const { route, caller, params, data, status, requestId } = call;
  if (!isAudited(route)) return;
  const named = namedIn(route, params);
  await audit.append({
    at: now().toISOString(),
    actor: caller.id,
    action: route.id,
    subjects: [...new Set([...named, ...idsIn(data)])].slice(0, subjectsMax),
    fieldClasses: classesOf(route),
    requestId,
    status,
  });
};
