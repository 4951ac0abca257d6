import { evaluateExpression } from '../../language/expression/evaluate-expression.ts';
import { type Expression, type ExpressionValue, fieldsOfExpression } from '../../language/expression/expression.ts';
import { readExpression } from '../../language/expression/read-expression.ts';
import type { PastEvent } from '../../language/past-event.ts';
import { readPath } from '../../language/read-path.ts';
import { type Trait, type TraitValue, traitIn } from '../../model/trait.ts';
import { eventTrait, traitBackMs } from './event-traits.ts';

export interface CalculatedTraits {
  values: Record<string, TraitValue>;
  /** Epoch ms: when time alone may next change one of them; absent: never. */
  changesAt: number | undefined;
}

/** What traits are calculated from. */
export interface TraitSubject {
  /** In the order of time: all that the traits need. */
  events: readonly PastEvent[];
  /** The profile as it is answered, whatever its traits were. */
  profile: object;
  /** Epoch ms. */
  now: number;
}

/** What must be known of somebody before their traits can be calculated. */
export interface TraitNeeds {
  events: ReadonlySet<string>;
  /** How far back (ms) events are needed. */
  backMs: number;
  /** The fields that formulas read, but for traits. */
  fields: readonly string[];
  /** Does time alone change any? */
  areTimed: boolean;
}

interface Formula {
  name: string;
  expression: Expression;
  reads: string[];
}

const formulasIn = (traits: readonly Trait[]): Formula[] =>
  traits.flatMap(({ name, formula }) => {
    if (formula === undefined) return [];
    const expression = readExpression(formula);
    return [{ name, expression, reads: fieldsOfExpression(expression) }];
  });

/** Each after those that it reads. */
const inTheirOrder = (formulas: readonly Formula[]): Formula[] => {
  const byName = new Map(formulas.map(formula => [formula.name, formula]));
  const ordered = new Set<Formula>();
  const place = (formula: Formula, above: ReadonlySet<string>): void => {
    if (ordered.has(formula) || above.has(formula.name)) return;
    for (const field of formula.reads) {
      const read = byName.get(traitIn(field) ?? '');
      if (read) place(read, new Set([...above, formula.name]));
    }
    ordered.add(formula);
  };
  for (const formula of formulas) place(formula, new Set());
  return [...ordered];
};

const [textMax, listMax] = [1000, 100];

/** What can be kept of what a formula comes to. */
const keptOf = (value: ExpressionValue): TraitValue | undefined => {
  if (value === null) return undefined;
  if (typeof value === 'number')
    return value === 0 || (Math.abs(value) >= 1e-130 && Math.abs(value) < 1e126) ? value : undefined;
  if (typeof value === 'string') return value.slice(0, textMax);
  return typeof value === 'boolean' ? value : value.slice(0, listMax);
};

/** All traits at once: what is made of events first, then formulas, which may read those and each other. */
export class TraitSet {
  readonly needs: TraitNeeds;
  readonly #ofEvents: { name: string; calculate: ReturnType<typeof eventTrait> }[];
  readonly #formulas: Formula[];

  constructor(traits: readonly Trait[]) {
    const ofEvents = traits.filter(({ kind }) => kind !== 'formula');
    this.#ofEvents = ofEvents.map(trait => ({ name: trait.name, calculate: eventTrait(trait) }));
    this.#formulas = inTheirOrder(formulasIn(traits));
    this.needs = {
      events: new Set(ofEvents.flatMap(({ event }) => event ?? [])),
      backMs: Math.max(0, ...ofEvents.map(traitBackMs)),
      fields: [...new Set(this.#formulas.flatMap(({ reads }) => reads))].filter(field => traitIn(field) === undefined),
      areTimed: ofEvents.some(({ windowDays }) => windowDays !== undefined),
    };
  }

  calculate({ events, profile, now }: TraitSubject): CalculatedTraits {
    const values: Record<string, TraitValue> = {};
    const times: number[] = [];
    for (const { name, calculate } of this.#ofEvents) {
      const { value, changesAt } = calculate(events, now);
      if (value !== undefined) values[name] = value;
      if (changesAt !== undefined) times.push(changesAt);
    }
    const read = (field: string) => readPath({ ...profile, traits: values }, field);
    for (const { name, expression } of this.#formulas) {
      const value = keptOf(evaluateExpression(expression, { read }));
      if (value !== undefined) values[name] = value;
    }
    return { values, changesAt: times.length === 0 ? undefined : Math.min(...times) };
  }
}
