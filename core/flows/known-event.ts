import { Problem, type ProblemDetail } from '../errors.ts';
import { knownEventTypes } from '../model/event-type.ts';

const known: ReadonlySet<string> = new Set(knownEventTypes);

/**
 * Refuses names of events that nobody knows: neither the platform, nor the tracking plan, nor any event that was looked
 * at. Where there are no events at all, every name may be one.
 *
 * @throws Problem `VALIDATION_FAILED`
 */
export const checkEvents = (
  named: readonly { path: string; event: string | undefined }[],
  types: readonly string[],
  planned: ReadonlySet<string>,
): void => {
  if (types.length === 0) return;
  const details = named.flatMap(({ path, event }): ProblemDetail[] =>
    event === undefined || known.has(event) || planned.has(event) || types.includes(event)
      ? []
      : [{ path, reason: `there is no event ${event} in this time` }],
  );
  const [first] = details;
  if (first) throw new Problem('VALIDATION_FAILED', `${first.path}: ${first.reason}`, details);
};
