import { type HorizonStage, type MicroUsd, microUsd, noMoney } from "@headroom/core";
import {
  type Commitments,
  commitmentsOf,
  holds,
  neverFalling,
  type PathRule,
  pooledMean,
  sameCommitments,
  wantedToTheEnd,
} from "./commitment-paths.ts";
import type { Fleet, FleetProblem } from "./fleet.ts";
import { fleetBeside } from "./fleet-beside.ts";
import { keptIn } from "./kept-fleet.ts";
import { lowerBound } from "./lower-bound.ts";
import { solveFleet } from "./solve-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";
import type { StageProblem } from "./stage-problems.ts";
import { stagesAlone } from "./stages-alone.ts";
import { stagesTogether, type Together } from "./stages-together.ts";

export interface FleetInStage {
  readonly stage: HorizonStage;
  readonly problem: FleetProblem;
  readonly fleet: Fleet;
  /** The stage's cheapest by itself, without regard to the others. */
  readonly alone: Fleet;
}

/** A fleet for each stage; commitments never fall from one to the next. */
export interface StagedFleet {
  readonly stages: readonly FleetInStage[];
  /** The question of the horizon's busiest month. */
  readonly whole: FleetProblem;
  /** Mean dollars an hour by which it may cost more than the cheapest; undefined where nothing is proved. */
  readonly slackPerHour: MicroUsd | undefined;
}

export type StagesOutcome =
  | { readonly kind: "staged"; readonly staged: StagedFleet }
  | { readonly kind: "infeasible"; readonly backend: string }
  | { readonly kind: "out-of-time"; readonly reason: string };

/**
 * The cheapest purchases over stages m of h_m hours, in which commitments k_m may only rise.
 *
 *   bound    Σ_m h_m · bound_m            each stage by itself, free to commit: without k_m ≤ k_{m+1} nothing costs more
 *   fleets   own: each stage's cheapest, where none wants fewer commitments than the one before: nothing is lost
 *            pooled: falling wants share their mean;   to the end: k_m = min over j ≥ m of what stage j wants
 *            forward: each stage keeps what earlier ones committed to, and may add
 *            constant: the fleet of the busiest month throughout
 *
 * Paths are tried until what they cost above the stages' own fleets, which no path has back, is within the gap that was asked for.
 */
export const solveStages = async (stages: readonly StageProblem[], whole: FleetProblem, tools: SolveTools): Promise<StagesOutcome> => {
  const alone = await stagesAlone(stages, tools);
  if (alone.kind === "infeasible") return alone;
  const own = alone.fleets.flatMap((fleet) => fleet ?? []);
  const asked: Asked = { stages, whole, own, lowerUsdPerHour: 0 };
  const found = own.length < stages.length ? asked : await tied(asked, tools);
  const { best, ...proved } = found.best ? found : await improve(found, { attempts: [constant], isDone: isNearEnough }, tools);
  if (!best) return { kind: "out-of-time", reason: "no purchases by stages were found that keep every rule" };
  return { kind: "staged", staged: stagedOf(proved, best) };
};

const tied = async (asked: Asked, tools: SolveTools): Promise<Asked> => {
  const found = await improve(asked, { attempts: [asTheyAre, together], isDone: isNearEnough }, tools);
  const isDone = (at: Asked, fleets: readonly Fleet[]) => isNearEnough(at, fleets) || losesLittle(at, fleets);
  return improve(found, { attempts: [along(pooledMean), along(wantedToTheEnd), forward], isDone }, tools);
};

interface Improvement {
  readonly attempts: readonly Attempt[];
  readonly isDone: (asked: Asked, best: readonly Fleet[]) => boolean;
}

/** The best of several attempts, as far as they are needed. */
const improve = async (asked: Asked, { attempts, isDone }: Improvement, tools: SolveTools): Promise<Asked> => {
  let found = asked;
  for (const attempt of attempts) {
    if (found.best && isDone(found, found.best)) return found;
    const made = await attempt(found, tools);
    if (!made) continue;
    const better = !found.best || totalUsd(found, made.fleets) < totalUsd(found, found.best);
    const lowerUsdPerHour = Math.max(found.lowerUsdPerHour, made.lowerUsdPerHour ?? 0);
    found = { ...found, lowerUsdPerHour, best: better ? made.fleets : found.best };
  }
  return found;
};

interface Asked {
  readonly stages: readonly StageProblem[];
  /** At the busiest month of the whole horizon. */
  readonly whole: FleetProblem;
  /** Each stage's cheapest by itself; fewer than there are stages: not all were found. */
  readonly own: readonly Fleet[];
  /** Proved of all stages together; 0: nothing. */
  readonly lowerUsdPerHour: number;
  readonly best?: readonly Fleet[] | undefined;
}

type Attempt = (asked: Asked, tools: SolveTools) => Promise<(Pick<Together, "fleets"> & Partial<Together>) | undefined>;

const asTheyAre: Attempt = async ({ own }) => {
  const wanted = own.map(commitmentsOf);
  return wanted.every((after, index) => holds(wanted[index - 1] ?? new Map(), after)) ? { fleets: own } : undefined;
};

const together: Attempt = ({ stages, whole }, tools) => stagesTogether(stages, whole, tools);

const forward: Attempt = async ({ stages, own }, tools) => {
  const fleets: Fleet[] = [];
  let standing: Commitments = new Map();
  for (const [index, { problem }] of stages.entries()) {
    const alone = own[index];
    const fleet =
      alone && holds(standing, commitmentsOf(alone)) ? alone : await fleetBeside({ problem, standing, joining: "commitments-too" }, tools);
    if (!fleet) return undefined;
    fleets.push(fleet);
    standing = commitmentsOf(fleet);
  }
  return { fleets };
};

const along =
  (rule: PathRule): Attempt =>
  async ({ stages, own }, tools) => {
    const path = neverFalling(own.map(commitmentsOf), stages.map(hoursOf), rule);
    const fleets: Fleet[] = [];
    for (const [index, { problem }] of stages.entries()) {
      const [alone, standing] = [own[index], path[index]];
      if (!alone || !standing) return undefined;
      const fleet = sameCommitments(commitmentsOf(alone), standing)
        ? alone
        : await fleetBeside({ problem, standing, joining: "by-the-hour-only" }, tools);
      if (!fleet) return undefined;
      fleets.push(fleet);
    }
    return { fleets };
  };

/** What serves the busiest month serves every month. */
const constant: Attempt = async ({ stages, whole }, tools) => {
  const outcome = await solveFleet(whole, tools);
  if (outcome.kind !== "fleet") return undefined;
  const fleets: Fleet[] = [];
  for (const { problem } of stages) {
    const fleet = await keptIn(problem, outcome.fleet, tools);
    if (!fleet) return undefined;
    fleets.push(fleet);
  }
  return { fleets };
};

const hoursOf = ({ stage }: Pick<StageProblem, "stage">): number => stage.untilHour - stage.fromHour;

/** Over the horizon, with what starting the first stage's instances costs. */
const totalUsd = ({ stages }: Asked, fleets: readonly Fleet[]): number =>
  fleets.reduce((sum, { costPerHour }, index) => sum + (Number(costPerHour) / 1e6) * hoursOf(stages[index] as StageProblem), 0) +
  startingUsd(stages, fleets);

const startingUsd = ([first]: readonly StageProblem[], [fleet]: readonly Fleet[]): number => {
  if (!first || !fleet) return 0;
  const { inForce, usdPerHour } = first.problem.switching;
  const wanted = new Map<string, number>();
  for (const { unit, counts } of fleet.purchases)
    wanted.set(unit.offer.id, (wanted.get(unit.offer.id) ?? 0) + unit.instances * Math.max(...counts));
  const started = [...wanted].reduce((sum, [id, count]) => sum + Math.max(0, count - (inForce.get(id) ?? 0)), 0);
  return started * usdPerHour * hoursOf(first);
};

/**
 * Cost over the stages' own bounds. A stage's bound leaves out what its own fleet spends on starting instances; where the fleet
 * chosen spends more, the bound on the rest is lower by that.
 */
const slackOf = (asked: Asked, fleets: readonly Fleet[]): MicroUsd | undefined => {
  const { stages, own, lowerUsdPerHour } = asked;
  const proved = lowerUsdPerHour > 0 ? slackOver(asked, fleets) : undefined;
  if (own.length < stages.length || own.every(({ boundPerHour = noMoney }) => boundPerHour === noMoney)) return proved;
  const horizon = BigInt(stages.reduce((sum, stage) => sum + hoursOf(stage), 0));
  const over = stages.reduce((sum, stage, index) => {
    const above = (fleets[index]?.costPerHour ?? 0n) - (own[index]?.boundPerHour ?? 0n);
    return sum + above * BigInt(hoursOf(stage));
  }, 0n);
  const starting = BigInt(Math.ceil(1e6 * Math.max(0, startingUsd(stages, fleets) - startingUsd(stages, own))));
  const slack = over + starting;
  const apart = slack <= 0n ? 0n : (slack + horizon - 1n) / horizon;
  return microUsd(proved !== undefined && proved < apart ? proved : apart);
};

const slackOver = (asked: Asked, fleets: readonly Fleet[]): MicroUsd => {
  const hours = asked.stages.reduce((sum, stage) => sum + hoursOf(stage), 0);
  const cost = microUsd(BigInt(Math.ceil((1e6 * totalUsd(asked, fleets)) / hours)));
  return microUsd(cost - lowerBound(asked.lowerUsdPerHour, [microUsd(1n)], cost));
};

const isNearEnough = (asked: Asked, fleets: readonly Fleet[]): boolean => {
  const slack = slackOf(asked, fleets);
  const hours = asked.stages.reduce((sum, stage) => sum + hoursOf(stage), 0);
  return slack !== undefined && Number(slack) / 1e6 <= asked.whole.limits.relativeGap * (totalUsd(asked, fleets) / hours);
};

/** Whether the tie between stages costs no more than the gap that was asked for. */
const losesLittle = (asked: Asked, fleets: readonly Fleet[]): boolean => {
  const total = totalUsd(asked, fleets);
  return total - totalUsd(asked, asked.own) <= asked.whole.limits.relativeGap * total;
};

const stagedOf = (asked: Asked, fleets: readonly Fleet[]): StagedFleet => ({
  stages: asked.stages.flatMap(({ stage, problem }, index) => {
    const fleet = fleets[index];
    return fleet ? [{ stage, problem, fleet, alone: asked.own[index] ?? fleet }] : [];
  }),
  whole: asked.whole,
  slackPerHour: slackOf(asked, fleets),
});
