import type { EventSchema } from '../contract/schemas.ts';
import type { StoredSchema } from '../model/stored-schema.ts';
import type { PlanViolations } from '../model/violation.ts';
import type { Collection } from '../ports/collection.ts';

interface ListTools {
  schemas: Pick<Collection<StoredSchema>, 'all'>;
  planViolations: Pick<Collection<PlanViolations>, 'all'>;
}

const nothing = { count: 0, examples: [] };

/** What broke a former version of the schema is not told of it. */
const violationsOf = ({ version }: StoredSchema, known: PlanViolations | undefined): EventSchema['violations'] => {
  if (known?.schemaVersion !== version) return nothing;
  const { count, lastAt, examples } = known;
  return { count, lastAt, examples };
};

/** A part of the plan as it is answered. */
export const shownSchema = (stored: StoredSchema, violations?: PlanViolations): EventSchema => {
  const { id, schema, ...rest } = stored;
  return { ...rest, eventType: id, schema: JSON.parse(schema), violations: violationsOf(stored, violations) };
};

/** The whole tracking plan by name of type, with what was not as it says. */
export const listSchemas = async ({ schemas, planViolations }: ListTools): Promise<{ items: EventSchema[] }> => {
  const [stored, violations] = await Promise.all([schemas.all(), planViolations.all()]);
  const byType = new Map(violations.map(one => [one.id, one]));
  const items = stored.map(one => shownSchema(one, byType.get(one.id)));
  return { items: items.sort((left, right) => (left.eventType < right.eventType ? -1 : 1)) };
};
