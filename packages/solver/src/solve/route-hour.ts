import type { Candidate, ServiceNeed } from "@headroom/core";
import type { BuyableUnit } from "../formulate/buyable-units.ts";
import type { LinearProgram, Term } from "../linear-program/linear-program.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import type { Backends } from "./backends.ts";
import { smallRelaxation } from "./small-relaxation.ts";
import { solveProgram } from "./solve-program.ts";

/** A unit of one service and how many are at work in the hour. */
export interface AtWork {
  readonly unit: BuyableUnit;
  readonly count: number;
}

/** Routing has no price: any that fits will do, and an even one is found at once. */
const limits = { timeLimitSeconds: 5, relativeGap: 0 };

/**
 * Which share of each class each unit takes, as even as can be: every unit the service's own mix of classes where that fits,
 * else by the least highest load. Undefined where nothing fits.
 */
export const routeHour = async (
  need: ServiceNeed,
  load: number,
  atWork: readonly AtWork[],
  backends: Backends,
): Promise<readonly (readonly number[])[] | undefined> => {
  const mixed = atWork.reduce((sum, { unit, count }) => sum + count * unit.mixCapacity, 0);
  if (mixed >= load * (1 - tolerance) || load === 0) {
    return atWork.map(({ unit, count }) => need.classes.map(() => (mixed > 0 ? (count * unit.mixCapacity) / mixed : 0)));
  }
  const byCandidate = await evenShares(need, load, atWork, backends);
  if (!byCandidate) return undefined;
  return atWork.map(({ unit, count }) => {
    const { shares, dependable } = byCandidate.get(unit.candidate) ?? { shares: [], dependable: 1 };
    return need.classes.map((_, at) => (dependable > 0 ? ((shares[at] ?? 0) * count * unit.dependable) / dependable : 0));
  });
};

/** Sums of floats may miss a whole by this much. */
const tolerance = 1e-9;

interface CandidateShares {
  readonly shares: readonly number[];
  readonly dependable: number;
}

/**
 *   variables   a_ck ≥ 0 share of class k on candidate c;  t the highest load of anything bought
 *   minimise    t
 *   served k    Σ_c a_ck ≥ 1
 *   load c      dependable_c · t − Σ_k a_ck · amount_k · load / capacity_ck ≥ 0
 */
const evenShares = async (
  need: ServiceNeed,
  load: number,
  atWork: readonly AtWork[],
  backends: Backends,
): Promise<ReadonlyMap<Candidate, CandidateShares> | undefined> => {
  const dependable = new Map<Candidate, number>();
  for (const { unit, count } of atWork)
    if (count > 0) dependable.set(unit.candidate, (dependable.get(unit.candidate) ?? 0) + count * unit.dependable);
  const program = routingProgram(need, load, dependable);
  const values = await evenValues(program, backends);
  if (!values) return undefined;
  const sharesOf = (position: number) => need.classes.map((_, at) => cleaned(values[position * need.classes.length + at]));
  const candidates = [...dependable.keys()].map((candidate, position) => ({ candidate, shares: sharesOf(position) }));
  const totals = need.classes.map((_, at) => candidates.reduce((sum, { shares }) => sum + (shares[at] ?? 0), 0));
  return new Map(
    candidates.map(({ candidate, shares }) => [
      candidate,
      { shares: shares.map((share, at) => share / (totals[at] ?? 1)), dependable: dependable.get(candidate) ?? 1 },
    ]),
  );
};

/** Shares by candidate and class, and the highest load as the last variable. */
const routingProgram = (need: ServiceNeed, load: number, dependable: ReadonlyMap<Candidate, number>): LinearProgram => {
  const candidates = [...dependable.keys()];
  const builder = programBuilder();
  const shares = candidates.map((candidate) => need.classes.map(({ name }) => builder.variable({ label: `${name} on ${candidate.id}` })));
  const highest = builder.variable({ label: "highest load", cost: 1 });
  need.classes.forEach(({ name }, at) => {
    const terms = shares.map((ofCandidate) => ({ variable: ofCandidate[at] ?? -1, coefficient: 1 }));
    builder.constrain({ label: `served ${name}`, terms, lower: 1 });
  });
  candidates.forEach((candidate, position) => {
    const terms = need.classes.map(({ amount }, at) => ({
      variable: shares[position]?.[at] ?? -1,
      coefficient: (-amount * load) / ((candidate.capacities[at]?.amount ?? 0) * candidate.replicasPerInstance),
    }));
    const limit = { variable: highest, coefficient: dependable.get(candidate) ?? 0 };
    builder.constrain({ label: `load ${candidate.id}`, terms: [...terms, limit], lower: 0 });
  });
  return builder.program();
};

const evenValues = async (program: LinearProgram, backends: Backends): Promise<readonly number[] | undefined> => {
  const fits = (values: readonly number[]) => (values.at(-1) ?? 2) <= 1 + 1e-6;
  const small = smallRelaxation({
    costs: program.variables.map(({ cost }) => cost),
    rows: program.constraints.map(({ terms }) => denseRow(terms, program.variables.length)),
    atLeast: program.constraints.map(({ lower }) => lower),
  });
  if (small && fits(small.counts)) return small.counts;
  const { outcome } = await solveProgram(program, limits, backends);
  return outcome.status === "optimal" && fits(outcome.values) ? outcome.values : undefined;
};

const denseRow = (terms: readonly Term[], length: number): number[] => {
  const row = new Array<number>(length).fill(0);
  for (const { variable, coefficient } of terms) row[variable] = (row[variable] ?? 0) + coefficient;
  return row;
};

/** Solvers leave shares like 1e-12 on units that take nothing. */
const cleaned = (share = 0): number => (share < 1e-9 ? 0 : share);
