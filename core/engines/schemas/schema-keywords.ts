/** What stands behind a keyword of a JSON schema. */
type Holds = 'schema' | 'schemas by name' | 'list of schemas' | 'pattern' | 'format' | 'reference' | 'value';

/**
 * The keywords that a schema may use: those of draft-07 and 2020-12 that mean the same in both. None of them fetches
 * anything, and none changes what the address of another part is.
 */
export const schemaKeywords: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ...(['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'items'] as const).map(
    name => [name, 'schema'] as const,
  ),
  ...(['properties', 'patternProperties', '$defs', 'definitions'] as const).map(
    name => [name, 'schemas by name'] as const,
  ),
  ...(['allOf', 'anyOf', 'oneOf'] as const).map(name => [name, 'list of schemas'] as const),
  ['additionalProperties', 'schema'],
  ['pattern', 'pattern'],
  ['format', 'format'],
  ['$ref', 'reference'],
  ...(['type', 'enum', 'const', 'required', 'minProperties', 'maxProperties'] as const).map(
    name => [name, 'value'] as const,
  ),
  ...(['minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength'] as const).map(name => [name, 'value'] as const),
  ...(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const).map(
    name => [name, 'value'] as const,
  ),
  ...(['title', 'description', 'examples', 'default', 'deprecated', '$comment', '$schema'] as const).map(
    name => [name, 'value'] as const,
  ),
]);
