import { type Expression, NoExpression } from './expression.ts';
import { type Token, tokensOf } from './tokens-of.ts';

/** Nobody writes more by hand; whoever evaluates it needs no more stack than this. */
const [charactersMax, depthMax, nodesMax] = [2000, 20, 300];

/** Signs and words between two parts, those that bind least first. */
const levels: readonly (readonly string[])[] = [
  ['or', '||'],
  ['and', '&&'],
  ['=', '==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];
const names: Readonly<Record<string, string>> = { '||': 'or', '&&': 'and', '==': '=', '!': 'not' };
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/**
 * Reads an expression: numbers, texts in quotes, `true`, `false`, `null`, fields by their paths, calls of functions, the
 * usual signs with the usual precedence, and `condition ? one : other`.
 *
 * @throws NoExpression
 * @example readExpression('1 + x') // { kind: 'call', name: '+', parts: [1, field x], at: 2 }
 */
export const readExpression = (text: string): Expression => {
  if (text.length > charactersMax) throw new NoExpression(0, `has more than ${charactersMax} characters`);
  const reader = new Reader(tokensOf(text));
  const expression = reader.choice(0);
  reader.expectEnd();
  return expression;
};

class Reader {
  readonly #tokens: readonly Token[];
  #place = 0;
  #nodes = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #next(): Token {
    return this.#tokens[this.#place] ?? { kind: 'end', text: '', at: 0 };
  }

  #takes(...wanted: readonly string[]): Token | undefined {
    const token = this.#next;
    const isSign = token.kind === 'sign' || token.kind === 'name';
    if (!isSign || !wanted.includes(token.text)) return undefined;
    this.#place += 1;
    return token;
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) throw this.#unexpected(`${sign} is missing`);
  }

  #unexpected(reason?: string): NoExpression {
    const { kind, text, at } = this.#next;
    return new NoExpression(at, reason ?? (kind === 'end' ? 'something is missing' : `${text} stands where it cannot`));
  }

  expectEnd(): void {
    if (this.#next.kind !== 'end') throw this.#unexpected();
  }

  #call(name: string, parts: readonly Expression[], at: number): Expression {
    this.#nodes += 1;
    if (this.#nodes > nodesMax) throw new NoExpression(at, `has more than ${nodesMax} parts`);
    return { kind: 'call', name: names[name] ?? name, parts, at };
  }

  choice(depth: number): Expression {
    if (depth > depthMax) throw this.#unexpected(`is nested deeper than ${depthMax} levels`);
    const condition = this.#level(0, depth);
    const mark = this.#takes('?');
    if (!mark) return condition;
    const one = this.choice(depth + 1);
    this.#expect(':');
    return this.#call('if', [condition, one, this.choice(depth + 1)], mark.at);
  }

  #level(level: number, depth: number): Expression {
    const signs = levels[level];
    if (!signs) return this.#single(depth);
    const below = () => (level === 1 ? this.#denied(level + 1, depth) : this.#level(level + 1, depth));
    let left = below();
    for (let sign = this.#takes(...signs); sign; sign = this.#takes(...signs)) {
      left = this.#call(sign.text, [left, below()], sign.at);
    }
    return left;
  }

  /** `not` binds less than a comparison. */
  #denied(level: number, depth: number): Expression {
    const sign = this.#takes('not');
    if (!sign) return this.#level(level, depth);
    if (depth >= depthMax) throw this.#unexpected(`is nested deeper than ${depthMax} levels`);
    return this.#call('not', [this.#denied(level, depth + 1)], sign.at);
  }

  #single(depth: number): Expression {
    if (depth > depthMax) throw this.#unexpected(`is nested deeper than ${depthMax} levels`);
    const sign = this.#takes('-', '!');
    if (sign) return this.#call(sign.text === '-' ? 'negate' : '!', [this.#single(depth + 1)], sign.at);
    if (this.#takes('(')) return this.#inBrackets(depth);
    const { kind, text, at } = this.#next;
    if (kind === 'sign' || kind === 'end') throw this.#unexpected();
    this.#place += 1;
    if (kind === 'number') return { kind: 'value', value: Number(text), at };
    if (kind === 'text') return { kind: 'value', value: text, at };
    if (Object.hasOwn(words, text)) return { kind: 'value', value: words[text] ?? null, at };
    return this.#takes('(') ? this.#call(text, this.#parts(depth), at) : { kind: 'field', field: text, at };
  }

  #inBrackets(depth: number): Expression {
    const inside = this.choice(depth + 1);
    this.#expect(')');
    return inside;
  }

  #parts(depth: number): Expression[] {
    const parts: Expression[] = [];
    if (this.#takes(')')) return parts;
    do parts.push(this.choice(depth + 1));
    while (this.#takes(','));
    this.#expect(')');
    return parts;
  }
}
