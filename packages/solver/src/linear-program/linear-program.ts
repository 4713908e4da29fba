/** A decision variable. Its label is for people; backends see its position only. */
export interface Variable {
  readonly label: string;
  readonly kind: "integer" | "continuous";
  /** Cost of one unit in the objective. */
  readonly cost: number;
  readonly lower: number;
  /** May be infinite. */
  readonly upper: number;
}

/** coefficient × the variable at `variable`. */
export interface Term {
  readonly variable: number;
  readonly coefficient: number;
}

/** lower ≤ Σ terms ≤ upper; either side may be infinite. */
export interface Constraint {
  readonly label: string;
  readonly terms: readonly Term[];
  readonly lower: number;
  readonly upper: number;
}

/** minimise Σ cost · x subject to the constraints: the mathematics as data. */
export interface LinearProgram {
  readonly variables: readonly Variable[];
  readonly constraints: readonly Constraint[];
}

export const isContinuous = ({ variables }: LinearProgram): boolean => variables.every(({ kind }) => kind === "continuous");

export const objectiveAt = ({ variables }: LinearProgram, values: readonly number[]): number =>
  variables.reduce((sum, { cost }, index) => sum + cost * (values[index] ?? 0), 0);
