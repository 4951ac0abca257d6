import type { RouteInput } from '../contract/route.ts';
import type { setSchema as setSchemaRoute } from '../contract/schemas.ts';
import { unprocessable } from '../errors.ts';
import { sameValue } from '../model/same-value.ts';
import type { StoredSchema } from '../model/stored-schema.ts';
import type { Collection } from '../ports/collection.ts';
import { addOrChange } from './add-or-change.ts';
import { checkSchema } from './check-schema.ts';
import { changedSince, checkIfMatch, documentTag } from './if-match.ts';

export interface SchemaChange {
  eventType: string;
  body: RouteInput<typeof setSchemaRoute>['body'];
  /** An `If-Match` header. */
  ifMatch?: string | undefined;
}

interface SchemaTools {
  schemas: Collection<StoredSchema>;
  now: () => Date;
}

/** The plan is read as a whole, and often. */
const schemasMax = 200;

/**
 * Sets what the plan says of a type of event; the same again changes nothing.
 *
 * @throws Problem `VALIDATION_FAILED` @throws Problem `PRECONDITION_FAILED` @throws Problem `CONFLICT`
 */
export const setSchema = async (
  { eventType, body, ifMatch }: SchemaChange,
  { schemas, now }: SchemaTools,
): Promise<StoredSchema> => {
  checkSchema(body.schema);
  const known = await schemas.all();
  if (known.length >= schemasMax && known.every(({ id }) => id !== eventType)) {
    throw unprocessable('params.eventType', `the plan holds ${schemasMax} types; take one out first`);
  }
  return addOrChange(eventType, schemas, before => {
    if (before) checkIfMatch(ifMatch, documentTag(before));
    else if (ifMatch !== undefined) throw changedSince();
    return changed(before, eventType, body, now().toISOString());
  });
};

const changed = (
  before: StoredSchema | undefined,
  id: string,
  { mode, schema, description }: SchemaChange['body'],
  at: string,
): StoredSchema => {
  const said = { mode, schema: JSON.stringify(schema), ...(description === undefined ? {} : { description }) };
  const { version = 0, createdAt = at, updatedAt = at } = before ?? {};
  const same = { id, version, createdAt, updatedAt, ...said };
  return before && sameValue(before, same) ? before : { ...same, version: version + 1, updatedAt: at };
};
