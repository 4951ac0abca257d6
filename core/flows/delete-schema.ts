import { notFound, Problem } from '../errors.ts';
import type { StoredSchema } from '../model/stored-schema.ts';
import type { PlanViolations } from '../model/violation.ts';
import { type Collection, type CommitTogether, DocumentChanged } from '../ports/collection.ts';

interface DeleteTools {
  schemas: Collection<StoredSchema>;
  planViolations: Collection<PlanViolations>;
  commitTogether: CommitTogether;
}

const triesMax = 20;

/**
 * Takes a type out of the plan, with what was counted of it.
 *
 * @throws Problem `NOT_FOUND` @throws Problem `CONFLICT` when it is changed all the time
 */
export const deleteSchema = async (eventType: string, tools: DeleteTools): Promise<void> => {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const schema = await tools.schemas.get(eventType);
    if (!schema) throw notFound('Schema', eventType);
    if (await removed(schema, tools)) return;
  }
  throw new Problem('CONFLICT', `The schema of ${eventType} is changed all the time; try again`);
};

const removed = async (
  schema: StoredSchema,
  { schemas, planViolations, commitTogether }: DeleteTools,
): Promise<boolean> => {
  const violations = await planViolations.get(schema.id);
  try {
    await commitTogether([schemas.removing(schema), ...(violations ? [planViolations.removing(violations)] : [])]);
    return true;
  } catch (fault) {
    if (fault instanceof DocumentChanged) return false;
    throw fault;
  }
};
