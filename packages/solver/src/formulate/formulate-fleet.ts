import { type BuyingRules, hoursPerMonth, microUsd, type ServiceNeed, toUsd } from "@headroom/core";
import type { LinearProgram, Term } from "../linear-program/linear-program.ts";
import { type ProgramBuilder, programBuilder } from "../linear-program/program-builder.ts";
import type { BuyableUnit, Switching } from "./buyable-units.ts";
import { constrainSharing, type InstancePool } from "./formulate-sharing.ts";
import { constrainSurvival } from "./formulate-survival.ts";
import type { HourGroup } from "./hour-groups.ts";
import { type Pool, poolsOf, wayOut } from "./way-out.ts";

export interface FleetProgram {
  readonly program: LinearProgram;
  /** Position of each unit's count, by unit and hour group; a committed unit has one position for all. */
  readonly counts: readonly (readonly number[])[];
  readonly rows: FleetRows;
}

/** Where the rows stand whose prices bound the cost. */
export interface FleetRows {
  /** By need, class and hour group. */
  readonly served: readonly (readonly (readonly number[])[])[];
  /** By quota and hour group. */
  readonly quotas: readonly (readonly number[])[];
  /** By hour group; none where spot is not limited. */
  readonly spot: readonly number[];
}

export interface FleetInput {
  readonly needs: readonly ServiceNeed[];
  readonly units: readonly BuyableUnit[];
  readonly rules: BuyingRules;
  readonly groups: readonly HourGroup[];
  readonly switching: Switching;
  /** Whether the answers' way out is part of what is minimised; absent: it is not. */
  readonly egress?: "counted" | "apart";
  /** Whole units, or the relaxation over fractions of them. */
  readonly kind: "integer" | "continuous";
  /** Units that run on others: see formulate-sharing. */
  readonly pools?: readonly InstancePool[];
  /** rising: the groups follow one another, and a commitment may be added to from one to the next. Absent: one count for all. */
  readonly commitments?: "rising";
  /** Dollars for an hour in which a commitment does not serve; absent: nothing. */
  readonly idleWorth?: ((unit: BuyableUnit) => number) | undefined;
}

/**
 * The cheapest fleet over the hours of a week.
 *
 *   sets         services s, classes k of s, units u (a candidate c of s on an offer), hour groups g, quotas q
 *   given        price_u per hour, w_g share of all hours, amount_k in the busiest hour, load_sg, capacity_ck of one unit,
 *                dependable_u, accelerators_u, instances_u, stock_u, max_q, σ spot share, budget
 *   variables    n_ug ∈ ℕ units at work in g, one n_u for all g where u is committed;  a_ckg ≥ 0 load of class k that c takes
 *   minimise     Σ_g w_g Σ_u price_u · n_ug   (+ what starting instances costs that the plan in force does not have)
 *                (+ Σ_g w_g Σ_kc way out_ck · a_ckg where egress is counted: each candidate then once for each price of it)
 *   served k g   Σ_c a_ckg = load_sg
 *   capacity c g Σ_k a_ckg · amount_k / capacity_ck − Σ_{u of c} dependable_u · n_ug ≤ 0
 *   cover s g    the two rows above as one where s has one class: Σ_u min(load_sg, capacity_u / amount) · n_ug ≥ load_sg
 *   linked c k g a_ckg ≤ load_sg · Σ_{u of c} n_ug      where one unit of c carries more of k than there is; cuts fractions off
 *   quota q g    Σ_{u in q} accelerators_u (or instances_u) · n_ug ≤ max_q
 *   spot share g Σ_{u spot} accelerators_u · n_ug − σ · Σ_u accelerators_u · n_ug ≤ 0
 *   budget       Σ_g w_g Σ_u price_u · n_ug ≤ budget per hour
 *   survival     see formulate-survival
 *   sharing      see formulate-sharing
 *   idle u g     y_ug ≤ n_u  where an hour of n_u − y_ug is worth something to jobs: y_ug, which serve, stand in the rows above
 */
export const formulateFleet = (input: FleetInput): FleetProgram => {
  const { units, groups, kind, commitments, idleWorth = () => 0 } = input;
  const builder = programBuilder();
  const weights = weightsOf(groups);
  const counts = units.map((unit) => {
    const { candidate, offer, price, committed, most } = unit;
    const label = `${candidate.id} on ${offer.id}`;
    if (committed && idleWorth(unit) > 0) return countServing(builder, input, { unit, worth: idleWorth(unit), label });
    if (committed && commitments !== "rising")
      return groups.map(always(builder.variable({ label, kind, cost: toUsd(price), upper: most })));
    return groups.map((_, group) =>
      builder.variable({ label: `${label} in ${group}`, kind, cost: toUsd(price) * (weights[group] ?? 0), upper: most }),
    );
  });
  const served = serveDemand(builder, input, counts);
  const { quotas, spot } = constrainRules(builder, input, counts);
  constrainBudget(builder, input, counts, weights);
  countStarted(builder, input, counts);
  constrainSurvival(builder, input, counts);
  constrainSharing(builder, input, counts);
  if (commitments === "rising") constrainRising(builder, input, counts);
  return { program: builder.program(), counts, rows: { served, quotas, spot } };
};

interface PaidWhenIdle {
  readonly unit: BuyableUnit;
  readonly worth: number;
  readonly label: string;
}

/** At its price less what it is worth idle, and in each hour in which it serves at that. */
const countServing = (builder: ProgramBuilder, { groups, kind }: FleetInput, { unit, worth, label }: PaidWhenIdle): number[] => {
  const weights = weightsOf(groups);
  const committed = builder.variable({ label, kind, cost: toUsd(unit.price) - worth, upper: unit.most });
  return groups.map((_, group) => {
    const serving = builder.variable({ label: `${label} serving in ${group}`, kind, cost: worth * (weights[group] ?? 0) });
    builder.constrain({ label: `${label} bought in ${group}`, terms: [termOf(serving), termOf(committed, -1)], upper: 0 });
    return serving;
  });
};

export const weightsOf = (groups: readonly HourGroup[]): number[] => {
  const hours = groups.reduce((sum, group) => sum + group.hours.length, 0);
  return groups.map((group) => group.hours.length / hours);
};

const always =
  <T>(value: T) =>
  (): T =>
    value;

type Counts = FleetProgram["counts"];

const termOf = (variable = -1, coefficient = 1): Term => ({ variable, coefficient });

const serveDemand = (
  builder: ProgramBuilder,
  { needs, units, rules, groups, egress = "apart" }: FleetInput,
  counts: Counts,
): FleetRows["served"] => {
  const weights = weightsOf(groups);
  return needs.map((need, needIndex) => {
    const own = units.flatMap((unit, index) => (unit.candidate.need === need ? [{ unit, index }] : []));
    const [onlyClass] = need.classes;
    if (egress === "apart" && need.classes.length === 1 && onlyClass) {
      const rows = groups.map(({ loads }, group) => {
        const lower = loads[needIndex] ?? 0;
        const terms = own.map(({ unit, index }) =>
          termOf(counts[index]?.[group], Math.min(lower, (unit.capacities[0] ?? 0) / onlyClass.amount)),
        );
        return builder.constrain({ label: `cover ${need.name} in ${group}`, terms, lower });
      });
      return [rows];
    }
    const pools = poolsToServe(need, units, egress);
    const taken = pools.map((pool) => {
      const { candidate } = pool;
      const costs = egress === "counted" ? wayOut(pool, rules) : [];
      return need.classes.map(({ name }, at) =>
        groups.map((_, group) =>
          builder.variable({ label: `${name} on ${candidate.id} in ${group}`, cost: (costs[at] ?? 0) * (weights[group] ?? 0) }),
        ),
      );
    });
    pools.forEach(({ candidate, units: ofPool }, position) => {
      const inPool = new Set(ofPool);
      for (const [group] of groups.entries()) {
        const work = need.classes.map(({ amount }, at) => {
          const capacity = (candidate.capacities[at]?.amount ?? 0) * candidate.replicasPerInstance;
          return termOf(taken[position]?.[at]?.[group], amount / capacity);
        });
        const bought = own.flatMap(({ unit, index }) => (inPool.has(unit) ? [termOf(counts[index]?.[group], -unit.dependable)] : []));
        builder.constrain({ label: `capacity ${candidate.id} in ${group}`, terms: [...work, ...bought], upper: 0 });
        const load = groups[group]?.loads[needIndex] ?? 0;
        need.classes.forEach(({ name, amount }, at) => {
          if ((candidate.capacities[at]?.amount ?? 0) * candidate.replicasPerInstance <= amount * load) return;
          const any = bought.map(({ variable }) => termOf(variable, -load));
          const terms = [termOf(taken[position]?.[at]?.[group]), ...any];
          builder.constrain({ label: `linked ${name} on ${candidate.id} in ${group}`, terms, upper: 0 });
        });
      }
    });
    return need.classes.map(({ name }, at) =>
      groups.map(({ loads }, group) => {
        const terms = pools.map((_, position) => termOf(taken[position]?.[at]?.[group]));
        const load = loads[needIndex] ?? 0;
        return builder.constrain({ label: `served ${need.name} ${name} in ${group}`, terms, lower: load, upper: load });
      }),
    );
  });
};

/** One pool for each candidate, or one for each of its networks' prices. */
const poolsToServe = (need: ServiceNeed, units: readonly BuyableUnit[], egress: "counted" | "apart"): Pool[] => {
  const own = units.filter(({ candidate }) => candidate.need === need);
  if (egress === "counted") return poolsOf(own);
  const candidates = [...new Set(own.map(({ candidate }) => candidate))];
  return candidates.map((candidate) => ({ candidate, units: own.filter((unit) => unit.candidate === candidate) }));
};

const constrainRules = (
  builder: ProgramBuilder,
  { units, rules, groups }: FleetInput,
  counts: Counts,
): Pick<FleetRows, "quotas" | "spot"> => {
  const over = (group: number, size: (unit: BuyableUnit) => number): Term[] =>
    units.flatMap((unit, index) => (size(unit) === 0 ? [] : [termOf(counts[index]?.[group], size(unit))]));
  const quotas = rules.quotas.map((quota, position) =>
    groups.map((_, group) => {
      const size = (unit: BuyableUnit) =>
        unit.quotas.includes(position) ? (quota.counts === "accelerators" ? unit.accelerators : unit.instances) : 0;
      return builder.constrain({ label: `${quota.label} in ${group}`, terms: over(group, size), upper: quota.max });
    }),
  );
  const limitsSpot = rules.spotMaxShare < 1 && units.some(({ spot }) => spot);
  const spot = limitsSpot
    ? groups.map((_, group) => {
        const size = (unit: BuyableUnit) => unit.accelerators * ((unit.spot ? 1 : 0) - rules.spotMaxShare);
        return builder.constrain({ label: `spot share in ${group}`, terms: over(group, size), upper: 0 });
      })
    : [];
  return { quotas, spot };
};

const constrainBudget = (
  builder: ProgramBuilder,
  { units, rules, groups }: FleetInput,
  counts: Counts,
  weights: readonly number[],
): void => {
  if (rules.budgetPerMonth === undefined) return;
  const terms = units.flatMap(({ price, committed }, index) =>
    committed
      ? [termOf(counts[index]?.[0], toUsd(price))]
      : groups.map((_, group) => termOf(counts[index]?.[group], toUsd(price) * (weights[group] ?? 0))),
  );
  builder.constrain({ label: "budget", terms, upper: toUsd(microUsd(rules.budgetPerMonth / BigInt(hoursPerMonth))) });
};

/** rising u g   n_ug ≤ n_u,g+1 for committed u */
const constrainRising = (builder: ProgramBuilder, { units, groups }: FleetInput, counts: Counts): void => {
  units.forEach(({ candidate, offer, committed }, index) => {
    if (!committed) return;
    for (let group = 1; group < groups.length; group++)
      builder.constrain({
        label: `rising ${candidate.id} on ${offer.id} into ${group}`,
        terms: [termOf(counts[index]?.[group - 1]), termOf(counts[index]?.[group], -1)],
        upper: 0,
      });
  });
};

/** started o ≥ Σ_{u on o} instances_u · n_ug − instances in force of o, in every g. */
const countStarted = (builder: ProgramBuilder, { units, groups, switching }: FleetInput, counts: Counts): void => {
  if (switching.usdPerHour === 0) return;
  for (const id of new Set(units.map(({ offer }) => offer.id))) {
    const started = builder.variable({ label: `started ${id}`, cost: switching.usdPerHour });
    for (const [group] of groups.entries()) {
      const bought = units.flatMap(({ offer, instances }, index) => (offer.id === id ? [termOf(counts[index]?.[group], instances)] : []));
      const terms = [...bought, termOf(started, -1)];
      builder.constrain({ label: `started ${id} in ${group}`, terms, upper: switching.inForce.get(id) ?? 0 });
    }
  }
};
