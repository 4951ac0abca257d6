/** A place in a request that takes text. */
export interface TextPlace {
  part: 'path' | 'query' | 'body' | 'name';
  /** Into the body, or the name of the parameter; for `name` the map whose member is named. */
  path: readonly string[];
}

/** A route as the served document describes it. */
export interface ServedRoute {
  id: string;
  method: string;
  /** With its parameters in braces. */
  path: string;
  places: readonly TextPlace[];
  /** The first printed example; `undefined` for a route without a body. */
  example: unknown;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Operation {
  operationId: string;
  parameters?: { in?: string; name?: string; schema?: Schema; $ref?: string }[];
  requestBody?: { content: Record<string, { schema: Schema; examples?: Record<string, { value: unknown }> }> };
}

export interface ServedDocument {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

/** A schema that says nothing takes text, too. */
const takesText = ({ type, anyOf, oneOf, allOf, properties }: Schema): boolean =>
  [type].flat().includes('string') || [type, anyOf, oneOf, allOf, properties].every(part => part === undefined);

const textPlaces = (
  document: ServedDocument,
  schema: Schema,
  path: readonly string[],
  seen: readonly string[],
): TextPlace[] => {
  const { $ref } = schema;
  if ($ref !== undefined) {
    const named = document.components?.schemas?.[$ref.slice('#/components/schemas/'.length)];
    return !named || seen.includes($ref) ? [] : textPlaces(document, named, path, [...seen, $ref]);
  }
  const { properties = {}, additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = schema;
  const inside = (inner: Schema, name: string) => textPlaces(document, inner, [...path, name], seen);
  return [
    ...(takesText(schema) ? [{ part: 'body' as const, path }] : []),
    ...Object.entries(properties).flatMap(([name, inner]) => inside(inner, name)),
    ...(items ? inside(items, '0') : []),
    ...(typeof additionalProperties === 'object'
      ? [{ part: 'name' as const, path }, ...inside(additionalProperties, 'anything')]
      : []),
    ...[...anyOf, ...oneOf, ...allOf].flatMap(inner => textPlaces(document, inner, path, seen)),
  ];
};

const unique = (places: TextPlace[]): TextPlace[] => [
  ...new Map(places.map(place => [JSON.stringify(place), place])).values(),
];

const servedRoute = (document: ServedDocument, path: string, method: string, operation: Operation): ServedRoute => {
  const content = operation.requestBody?.content['application/json'];
  const parameters = (operation.parameters ?? []).flatMap(({ in: part, name }): TextPlace[] =>
    name !== undefined && (part === 'path' || part === 'query') ? [{ part, path: [name] }] : [],
  );
  const places = content ? textPlaces(document, content.schema, [], []) : [];
  const example = Object.values(content?.examples ?? {})[0]?.value;
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    places: unique([...parameters, ...places]),
    example: content ? (example ?? {}) : undefined,
  };
};

/** Every route of a document, with every place that takes text. */
export const servedRoutes = (document: ServedDocument): ServedRoute[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => servedRoute(document, path, method, operation)),
  );
