import type { Value } from '../../../core/ports/table.ts';

/**
 * Stands in for every attribute name and value of an expression, so that an expression holds nothing but our own
 * words: names become `#0`, `#1`, … and values `:0`, `:1`, …
 */
export class Placeholders {
  readonly #names = new Map<string, string>();
  readonly #values: Value[] = [];

  /** A dotted path into maps: `h.v` → `#0.#1`. */
  path(dotted: string): string {
    return dotted.includes('.') ? dotted.split('.').map(this.#name, this).join('.') : this.#name(dotted);
  }

  value(value: Value): string {
    return `:${this.#values.push(value) - 1}`;
  }

  /** The two maps that go with the expressions; DynamoDB refuses empty ones, so they are left out. */
  maps(): { ExpressionAttributeNames?: Record<string, string>; ExpressionAttributeValues?: Record<string, Value> } {
    const maps: ReturnType<Placeholders['maps']> = {};
    if (this.#names.size > 0) maps.ExpressionAttributeNames = this.#nameMap();
    if (this.#values.length > 0) maps.ExpressionAttributeValues = this.#valueMap();
    return maps;
  }

  #name(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const placeholder = `#${this.#names.size}`;
    this.#names.set(name, placeholder);
    return placeholder;
  }

  #nameMap(): Record<string, string> {
    const names: Record<string, string> = {};
    for (const [name, placeholder] of this.#names) names[placeholder] = name;
    return names;
  }

  #valueMap(): Record<string, Value> {
    const values: Record<string, Value> = {};
    for (const [index, value] of this.#values.entries()) values[`:${index}`] = value;
    return values;
  }
}
