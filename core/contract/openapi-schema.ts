import * as z from 'zod';
import type { ZodOpenApiOverrideContext } from 'zod-openapi';

/** Our own word in a schema's metadata is spelled as an extension in the document. */
const renameFieldClass = (schema: Record<string, unknown>): void => {
  if (schema.fieldClass === undefined) return;
  schema['x-field-class'] = schema.fieldClass;
  delete schema.fieldClass;
};

/** A transform says nothing of what it makes; ours tidy text and keep its type, so an answer is described by the input. */
const describeTransform = ({ zodSchema, jsonSchema, io }: ZodOpenApiOverrideContext): void => {
  const { def } = zodSchema._zod;
  if (io !== 'output' || def.type !== 'pipe' || def.out._zod.def.type !== 'transform') return;
  const { $schema, ...given } = z.toJSONSchema(def.in, { io: 'output' });
  Object.assign(jsonSchema, given);
};

/** What is changed in every schema on its way from zod into the OpenAPI document. */
export const documentSchema = (context: ZodOpenApiOverrideContext): void => {
  describeTransform(context);
  renameFieldClass(context.jsonSchema as Record<string, unknown>);
};
