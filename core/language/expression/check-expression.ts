import type { FieldKind } from '../../model/profile-fields.ts';
import { instantOf } from '../instant-of.ts';
import type { Expression, ExpressionFault } from './expression.ts';
import { kindAt } from './expression-function.ts';
import { functionNamed } from './expression-functions.ts';

/** What may be asked in an expression. */
export interface ExpressionScope {
  /** What a field holds; `undefined` for one that there is not. */
  kindOf: (field: string) => FieldKind | undefined;
  /** May it depend on when it is asked? */
  mayAskTime: boolean;
}

/** What an expression comes to, as far as that is known, and what cannot be right in it. */
export interface CheckedExpression {
  kind: FieldKind;
  faults: ExpressionFault[];
}

/** Finds what cannot be right before anybody is asked: unknown fields and functions, too few parts, parts of wrong kinds. */
export const checkExpression = (expression: Expression, scope: ExpressionScope): CheckedExpression => {
  const faults: ExpressionFault[] = [];
  return { kind: kindIn(expression, scope, faults), faults };
};

const kindIn = (expression: Expression, scope: ExpressionScope, faults: ExpressionFault[]): FieldKind => {
  const { at } = expression;
  if (expression.kind === 'value') return kindOfValue(expression);
  if (expression.kind === 'call') return kindOfCall(expression, scope, faults);
  const kind = scope.kindOf(expression.field);
  if (kind === undefined) faults.push({ at, reason: `there is no field ${expression.field}` });
  return kind ?? 'any';
};

const kindOfValue = ({ value }: Extract<Expression, { kind: 'value' }>): FieldKind => {
  if (typeof value === 'string') return instantOf(value) === undefined ? 'text' : 'date';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'any';
};

type Call = Extract<Expression, { kind: 'call' }>;

const kindOfCall = (call: Call, scope: ExpressionScope, faults: ExpressionFault[]): FieldKind => {
  const { name, parts, at } = call;
  const kinds = parts.map(part => kindIn(part, scope, faults));
  const known = functionNamed(name);
  if (!known) {
    faults.push({ at, reason: `there is no function ${name}` });
    return 'any';
  }
  if (known.isTimed && !scope.mayAskTime) faults.push({ at, reason: `${name} cannot be asked here` });
  const [least, most] = [known.takes.length - (known.optional ?? 0), known.repeats ? Infinity : known.takes.length];
  if (parts.length < least || parts.length > most) {
    faults.push({
      at,
      reason: `${name} takes ${least === most ? least : `${least} or more`} parts, not ${parts.length}`,
    });
  }
  kinds.forEach((kind, place) => {
    const wanted = kindAt(known.takes, place);
    const part = parts[place];
    if (part && !mayBe(kind, wanted)) faults.push({ at: part.at, reason: `${name} takes ${words[wanted]} here` });
  });
  if (signs.has(name) && !comparable(kinds))
    faults.push({ at, reason: 'holds two kinds of values against each other' });
  return typeof known.gives === 'function' ? known.gives(kinds) : known.gives;
};

const signs: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

const words: Record<FieldKind, string> = {
  text: 'a text',
  number: 'a number',
  date: 'an ISO 8601 date',
  boolean: 'true or false',
  list: 'a list',
  any: 'a value',
};

/** A date is a text; a text in a field may be a date, one that is written out is seen to be none. */
const mayBe = (kind: FieldKind, wanted: FieldKind): boolean =>
  kind === wanted || kind === 'any' || wanted === 'any' || (kind === 'date' && wanted === 'text');

const comparable = ([left = 'any', right = 'any']: readonly FieldKind[]): boolean =>
  mayBe(left, right) || mayBe(right, left);
