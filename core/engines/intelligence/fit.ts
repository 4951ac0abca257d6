/** What a fit came to: a model, or a stated reason why there is none. */
export type Fit<Model> =
  | {
      status: 'fitted';
      model: Model;
      /** Of one person on average. */
      logLikelihood: number;
      steps: number;
    }
  | { status: 'insufficient_data' | 'no_convergence'; reason: string };

/** A parameter beyond these tells that the data do not determine it. */
const [parameterMin, parameterMax] = [1e-5, 1e5];

export const isWithin = (parameters: readonly number[]): boolean =>
  parameters.every(one => Number.isFinite(one) && one > parameterMin && one < parameterMax);
