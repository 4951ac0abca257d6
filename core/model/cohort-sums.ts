/** The members of a cohort, or those of them who are there in a period since joining. */
export interface CohortCell {
  cohort: number;
  period?: number | undefined;
}

/** Figures at the place `cohort * periods + periods since joining`. */
export interface CohortSums {
  sizes: number[];
  active: number[];
  /** In minor units. */
  revenue: number[];
  collected: Uint32Array[];
}
