/** The values of one record that are compared, in normal form, by attribute. What is not known is not there. */
export type Normalised = Readonly<Record<string, string>>;

/** How one thing that is known of two people is compared. */
export interface Comparison {
  /** As it stands in explanations. */
  name: string;
  /** What it reads. */
  attributes: readonly string[];
  /** Whether people who live together have it in common, as a family name or an address. */
  ofHousehold: boolean;
  /** Names of the degrees of agreement. The first is always `missing`: it tells nothing. */
  levels: readonly string[];
  /** Which of the levels two records reach. */
  levelOf(left: Normalised, right: Normalised): number;
  /** By level, the attribute whose common value counts the more the rarer it is; `undefined` where none is common. */
  termAttributes: readonly (string | undefined)[];
  /** The common value at a level that has a term attribute. */
  termOf(left: Normalised, right: Normalised, level: number): string;
}
