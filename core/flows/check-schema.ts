import { schemaFaults } from '../engines/schemas/check-schema.ts';
import { compileSchema } from '../engines/schemas/compile-schema.ts';
import { Problem, unprocessable } from '../errors.ts';

/** @throws Problem `VALIDATION_FAILED` for what is no JSON schema, or none that is safe to hold events against */
export const checkSchema = (schema: Record<string, unknown>): void => {
  const faults = schemaFaults(schema).map(({ path, reason }) => ({
    path: path === '' ? 'body.schema' : `body.schema.${path}`,
    reason,
  }));
  const [first] = faults;
  if (first) throw new Problem('VALIDATION_FAILED', `${first.path}: ${first.reason}`, faults.slice(0, 100));
  try {
    compileSchema(schema);
  } catch (fault) {
    throw unprocessable('body.schema', fault instanceof Error ? fault.message : 'is no JSON schema');
  }
};
