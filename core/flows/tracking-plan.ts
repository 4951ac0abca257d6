import type { Judge } from '../engines/schemas/compile-schema.ts';
import type { PlanMode, StoredSchema } from '../model/stored-schema.ts';
import type { Collection } from '../ports/collection.ts';
import { type Cached, cached } from './cached.ts';

/** What the plan says of one type of event. */
export interface PlannedType {
  version: number;
  /** The schema as it is stored: one that is taken out and set again begins with version 1 anew. */
  schema: string;
  mode: PlanMode;
  judge: Judge;
}

/** By type of event. What is not in it may say anything. */
export type TrackingPlan = ReadonlyMap<string, PlannedType>;

const rememberSeconds = 30;

/**
 * The plan as it holds, as of at most 30 s ago. A schema is compiled once, and what compiles it
 * is loaded where there is one. While the plan cannot be read it holds as it was: events are taken all the same.
 */
export const rememberedPlan = (
  schemas: Pick<Collection<StoredSchema>, 'all'>,
  now: () => Date,
  unread: (fault: unknown) => void,
): Cached<TrackingPlan> => {
  let known: TrackingPlan = new Map();
  const load = async (): Promise<TrackingPlan> => {
    try {
      known = await compiled(await schemas.all(), known);
    } catch (fault) {
      unread(fault);
    }
    return known;
  };
  return cached(load, rememberSeconds, now);
};

const compiled = async (stored: readonly StoredSchema[], known: TrackingPlan): Promise<TrackingPlan> => {
  if (stored.length === 0) return new Map();
  const { compileSchema } = await import('../engines/schemas/compile-schema.ts');
  return new Map(
    stored.map(({ id, version, mode, schema }) => {
      const same = known.get(id);
      const judge = same?.schema === schema ? same.judge : compileSchema(JSON.parse(schema));
      return [id, { version, mode, schema, judge }];
    }),
  );
};
