import { dateFunctions } from './date-functions.ts';
import type { ExpressionFunction } from './expression-function.ts';
import { logicFunctions } from './logic-functions.ts';
import { numberFunctions } from './number-functions.ts';
import { textFunctions } from './text-functions.ts';

const functions: ReadonlyMap<string, ExpressionFunction> = new Map(
  Object.entries({ ...logicFunctions, ...numberFunctions, ...textFunctions, ...dateFunctions }),
);

/** The functions of the language by their names; operators by their signs. */
export const functionNamed = (name: string): ExpressionFunction | undefined => functions.get(name);

/** Every name that may stand before brackets. */
export const functionNames: readonly string[] = [...functions.keys()].filter(name => /^[a-z]/.test(name)).sort();
