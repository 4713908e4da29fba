import {
  type BatchNeed,
  type BuyingRules,
  type Candidate,
  hoursPerMonth,
  type MicroUsd,
  microUsd,
  sumUsd,
  timesCount,
} from "@headroom/core";
import { buyableUnits } from "../formulate/buyable-units.ts";
import { batchBound } from "./batch-bound.ts";
import { emptyRoom, type Room, roomAfter, roomBeside } from "./batch-room.ts";
import { egressPerRequest } from "./batch-time.ts";
import { type Fleet, type FleetProblem, withRules } from "./fleet.ts";
import { jointBound } from "./joint-bound.ts";
import { type BatchQuestion, type BatchRun, batchCost, type PlacedBatch, placeBatch } from "./place-batch.ts";
import { solveFleet } from "./solve-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";

/** Services and batch jobs of one request. */
export interface JobsProblem {
  readonly services: FleetProblem;
  readonly jobs: readonly BatchNeed[];
  /** Ways to run the jobs, beside the services' own candidates. */
  readonly candidates: readonly Candidate[];
  /** Whether machines that train are there too, which may make room for spot. */
  readonly beside: "nothing" | "training";
}

export interface JobsFleet {
  readonly fleet: Fleet;
  readonly runs: readonly BatchRun[];
  /** Mean over the horizon of what services and jobs cost, and what that cannot be below. */
  readonly costPerHour: MicroUsd;
  readonly boundPerHour: MicroUsd | undefined;
  /** What services and jobs leave. */
  readonly room: Room;
}

export type JobsOutcome =
  | ({ readonly kind: "fleet" } & JobsFleet)
  /** The services cannot be served, or a job has no machine at all. */
  | { readonly kind: "infeasible"; readonly backend: string; readonly of: "services" | "jobs" }
  | { readonly kind: "no-room" }
  | { readonly kind: "out-of-time"; readonly reason: string };

/**
 * Services first, then each job in the room that they leave; where a quota or the budget leaves too little, the jobs first and
 * the services in what they leave.
 */
export const solveWithJobs = async (problem: JobsProblem, tools: SolveTools): Promise<JobsOutcome> => {
  const questions = questionsOf(problem);
  if (questions.some(({ units }) => units.length === 0)) return { kind: "infeasible", backend: "none", of: "jobs" };
  const outcome = await solveFleet(problem.services, tools);
  if (outcome.kind !== "fleet") return outcome.kind === "infeasible" ? { ...outcome, of: "services" } : outcome;
  const beside = placeAll(questions, roomBeside(outcome.fleet, problem.services.rules));
  if (beside && isPaidFor(outcome.fleet, beside.runs, problem)) return fleetWith({ problem, questions, tools }, outcome.fleet, beside);
  return jobsFirst({ problem, questions, tools });
};

const jobsFirst = async ({ problem, questions, tools }: Asked): Promise<JobsOutcome> => {
  const { services } = problem;
  const placed = placeAll(questions, emptyRoom(services.rules));
  if (!placed) return { kind: "no-room" };
  const { budgetPerMonth } = services.rules;
  const left = budgetPerMonth === undefined ? undefined : microUsd(budgetPerMonth - firstMonth(placed.runs, services.rules));
  if (left !== undefined && left < 0n) return { kind: "no-room" };
  const outcome = await solveFleet(withRules(services, { ...withQuotas(services.rules, placed.room), budgetPerMonth: left }), tools);
  if (outcome.kind === "out-of-time") return outcome;
  if (outcome.kind === "infeasible") return { kind: "no-room" };
  const { costPerHour, boundPerHour } = outcome.fleet;
  // What the services cost in less room bounds nothing but themselves there.
  const isFree = boundPerHour === undefined || services.needs.length === 0;
  const fleet = { ...outcome.fleet, boundPerHour: isFree ? boundPerHour : await boundAlone(services, costPerHour, tools) };
  return fleetWith({ problem, questions, tools }, fleet, placed);
};

/** What the services cost at least with all the room for themselves. */
const boundAlone = async (services: FleetProblem, cost: MicroUsd, tools: SolveTools): Promise<MicroUsd | undefined> => {
  const outcome = await solveFleet(services, tools);
  if (outcome.kind !== "fleet" || outcome.fleet.boundPerHour === undefined) return undefined;
  return outcome.fleet.boundPerHour < cost ? outcome.fleet.boundPerHour : cost;
};

const fleetWith = async ({ problem, questions, tools }: Asked, fleet: Fleet, { runs }: PlacedBatch): Promise<JobsOutcome> => {
  const { rules } = problem.services;
  const costPerHour = microUsd(fleet.costPerHour + batchCost(runs, rules) / (1000n * BigInt(rules.horizonHours)));
  const boundPerHour =
    fleet.boundPerHour === undefined ? undefined : await boundOf({ problem, questions, tools }, fleet.boundPerHour, costPerHour);
  return {
    kind: "fleet",
    fleet,
    runs,
    costPerHour,
    boundPerHour,
    room: runs.reduce((room, run) => leftBy(room, run, rules), roomBeside(fleet, rules)),
  };
};

interface Asked {
  readonly problem: JobsProblem;
  readonly questions: readonly BatchQuestion[];
  readonly tools: SolveTools;
}

/** The services' own bound and the jobs' own; where both want spot also the bound of both together. */
const boundOf = async ({ problem, questions, tools }: Asked, ofServices: MicroUsd, cost: MicroUsd): Promise<MicroUsd> => {
  const { services, beside } = problem;
  const { rules } = services;
  const alone = services.needs.length === 0 && beside === "nothing";
  const ofJobs = batchBound(questions, rules, alone ? "nothing" : "others") / rules.horizonHours;
  const apart = microUsd(ofServices + BigInt(Math.floor(ofJobs * (1 - safety))));
  const isShared =
    questions.length > 0 &&
    services.needs.length > 0 &&
    beside === "nothing" &&
    rules.spotMaxShare > 0 &&
    !rules.surcharges.egress &&
    rules.spotMaxShare < 1;
  const isLoose = Number(cost - apart) > services.limits.relativeGap * Number(cost);
  const joint = isShared && isLoose ? await jointBound(services, questions, tools) : undefined;
  const together = microUsd(BigInt(Math.floor((joint ?? 0) * 1e6 * (1 - safety))));
  const [, higher = apart] = [apart, together].toSorted((a, b) => (a < b ? -1 : 1));
  return higher < cost ? higher : cost;
};

/** Sums of floats may be too high by less than this share. */
const safety = 1e-9;

/** Machines that go when they are done leave no spot to others that stay. */
const leftBy = (room: Room, run: BatchRun, rules: BuyingRules): Room => {
  const after = roomAfter(room, run, rules);
  return { ...after, spot: Math.min(room.spot, after.spot) };
};

/** What the jobs leave of the quotas. */
export const withoutRuns = (rules: BuyingRules, runs: readonly BatchRun[]): BuyingRules =>
  withQuotas(
    rules,
    runs.reduce((room, run) => roomAfter(room, run, rules), emptyRoom(rules)),
  );

const withQuotas = (rules: BuyingRules, { quotas }: Room): BuyingRules => ({
  ...rules,
  quotas: rules.quotas.map((quota, index) => ({ ...quota, max: quotas[index] ?? quota.max })),
});

/** A job's machines, on spot where it may be interrupted: nothing of it has to survive. */
export const questionsOf = ({ services, jobs, candidates }: Pick<JobsProblem, "services" | "jobs" | "candidates">): BatchQuestion[] => {
  const rules: BuyingRules = { ...services.rules, survive: "nothing" };
  return jobs.map((batch) => ({
    batch,
    rules,
    units: buyableUnits(
      candidates.filter(({ need }) => need === batch.need),
      services.offers,
      rules,
      { inForce: new Map(), usdPerHour: 0 },
    ),
  }));
};

/** One job after another, by name, each in what the ones before it leave. */
export const placeAll = (questions: readonly BatchQuestion[], from: Room): PlacedBatch | undefined => {
  const runs: BatchRun[] = [];
  let room = from;
  for (const question of questions) {
    const placed = placeBatch(question, room);
    if (!placed) return undefined;
    runs.push(...placed.runs);
    room = placed.runs.reduce((left, run) => leftBy(left, run, question.rules), room);
  }
  return { runs, room };
};

/** Every job begins with the horizon, so its first month costs most. */
export const isPaidFor = (
  { costPerHour }: Pick<Fleet, "costPerHour">,
  runs: readonly BatchRun[],
  { services: { rules } }: Pick<JobsProblem, "services">,
): boolean =>
  rules.budgetPerMonth === undefined || timesCount(costPerHour, hoursPerMonth) + firstMonth(runs, rules) <= rules.budgetPerMonth;

const firstMonth = (runs: readonly BatchRun[], rules: BuyingRules): MicroUsd =>
  sumUsd(
    runs.map(({ unit, count, milliHours, requests }) => {
      const milli = unit.committed ? 1000 * hoursPerMonth : Math.min(milliHours, 1000 * hoursPerMonth);
      const egress = BigInt(Math.ceil(requests * egressPerRequest(unit, rules)));
      return microUsd((timesCount(timesCount(unit.price, count), milli) + 999n) / 1000n + egress);
    }),
  );
