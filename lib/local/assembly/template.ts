/** A value of a template which may still hold intrinsic functions such as `{ "Ref": … }`. */
export type Expression = unknown;

/** A JSON object of a template. */
export type ExpressionMap = { [name: string]: Expression };

/** One entry of `Resources`, as CloudFormation writes it. */
export interface TemplateResource {
  Type: string;
  Properties?: ExpressionMap;
  Metadata?: ExpressionMap;
  Condition?: string;
}

/** The parts of a CloudFormation template which the runtime reads. */
export interface Template {
  Resources?: Record<string, TemplateResource>;
  Parameters?: Record<string, { Type: string; Default?: unknown }>;
  Outputs?: Record<string, { Value: Expression; Export?: { Name: Expression } }>;
  Conditions?: Record<string, Expression>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
}

/** Is this a JSON object (not an array, not null)? */
export const isMap = (value: unknown): value is ExpressionMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object; an empty one when it is anything else. */
export const mapOf = (value: unknown): ExpressionMap => (isMap(value) ? value : {});

/** The value as a list; an empty one when it is anything else. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The value as text, or undefined when it is anything else. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The value as a number (CloudFormation also allows numbers written as text), or undefined. */
export const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** The value as a boolean (CloudFormation also allows `"true"`). */
export const booleanOf = (value: unknown): boolean => value === true || value === 'true';
