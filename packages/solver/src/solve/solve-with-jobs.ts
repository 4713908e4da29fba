import { type BuyingRules, hoursPerMonth, type MicroUsd, microUsd, sumUsd, timesCount } from "@headroom/core";
import { batchBound } from "./batch-bound.ts";
import { emptyRoom, type Room, roomAfter, roomBeside } from "./batch-room.ts";
import { egressPerRequest } from "./batch-time.ts";
import { commitToMore, type FleetWithJobs } from "./commit-to-more.ts";
import { type Fleet, type FleetProblem, withRules } from "./fleet.ts";
import { mayUseIdle } from "./idle-places.ts";
import { idleWeek } from "./idle-week.ts";
import { jointBound } from "./joint-bound.ts";
import { lendIdle } from "./lend-idle.ts";
import { type BatchQuestion, type BatchRun, batchCost } from "./place-batch.ts";
import type { IdleRun } from "./place-idle.ts";
import { type JobsQuestion, leftBy, type PlacedJobs, placeJobs, questionsOf } from "./place-jobs.ts";
import { solveFleet } from "./solve-fleet.ts";
import type { SolveTools } from "./solve-tools.ts";

/** Services and batch jobs of one request. */
export interface JobsProblem extends JobsQuestion {
  readonly services: FleetProblem;
  /** Whether machines that train are there too, which may make room for spot. */
  readonly beside: "nothing" | "training";
}

export interface JobsFleet {
  readonly fleet: Fleet;
  readonly runs: readonly BatchRun[];
  readonly idle: readonly IdleRun[];
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
  const asked = { problem, questions, tools };
  const beside = placedBeside(asked, outcome.fleet);
  if (!beside) return jobsFirst(asked);
  const boundPerHour = await boundBeside(asked, beside);
  const found = isNear(beside, boundPerHour, problem) ? beside : await moreCommitted(asked, beside);
  return fleetWith(asked, { ...found, boundPerHour });
};

const isNear = ({ costPerHour }: FleetWithJobs, bound: MicroUsd | undefined, { services: { limits } }: JobsProblem): boolean =>
  bound !== undefined && Number(costPerHour - bound) <= limits.relativeGap * Number(costPerHour);

/** The same where more commitments have idle hours that the jobs are glad of. */
const moreCommitted = async (asked: Asked, first: FleetWithJobs): Promise<FleetWithJobs> => {
  const { services } = asked.problem;
  const questions = asked.questions.filter((question) => mayUseIdle(question, services));
  return commitToMore({ services, questions, first, place: (fleet) => placedBeside(asked, fleet) }, asked.tools);
};

/** Undefined where a quota or the budget leaves too little for the jobs. */
const placedBeside = ({ problem, questions }: Asked, fleet: Fleet): FleetWithJobs | undefined => {
  const { rules } = problem.services;
  const placed = placeJobs(questions, leftBeside(fleet, problem));
  return placed && isPaidFor(fleet, placed.runs, problem) ? { fleet, placed, costPerHour: costWith(fleet, placed, rules) } : undefined;
};

/** What a fleet of the services leaves to buy, and leaves idle. */
const leftBeside = (fleet: Fleet, { services: { needs, rules } }: JobsProblem): Pick<PlacedJobs, "room" | "week"> => ({
  room: roomBeside(fleet, rules),
  week: idleWeek({
    needs,
    survive: rules.survive,
    groups: fleet.groups,
    counts: fleet.purchases.map(({ unit, counts }) => [unit, counts]),
  }),
});

/** Mean over the horizon. */
const costWith = (fleet: Fleet, { runs }: PlacedJobs, rules: BuyingRules): MicroUsd =>
  microUsd(fleet.costPerHour + batchCost(runs, rules) / (1000n * BigInt(rules.horizonHours)));

const jobsFirst = async (asked: Asked): Promise<JobsOutcome> => {
  const { problem, questions, tools } = asked;
  const { services } = problem;
  const placed = placeJobs(questions, { room: emptyRoom(services.rules), week: undefined });
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
  const found = { fleet, placed, costPerHour: costWith(fleet, placed, services.rules) };
  return fleetWith(asked, { ...found, boundPerHour: await boundBeside(asked, found) });
};

/** What the services cost at least with all the room for themselves. */
const boundAlone = async (services: FleetProblem, cost: MicroUsd, tools: SolveTools): Promise<MicroUsd | undefined> => {
  const outcome = await solveFleet(services, tools);
  if (outcome.kind !== "fleet" || outcome.fleet.boundPerHour === undefined) return undefined;
  return outcome.fleet.boundPerHour < cost ? outcome.fleet.boundPerHour : cost;
};

type Bounded = FleetWithJobs & Pick<JobsFleet, "boundPerHour">;

const fleetWith = async (
  { problem: { services }, tools }: Asked,
  { fleet: found, placed, costPerHour, boundPerHour: bound }: Bounded,
): Promise<JobsOutcome> => {
  const { runs, idle, week } = placed;
  const { rules } = services;
  const fleet = week && idle.length > 0 ? await lendIdle(services, found, week, tools.backends) : found;
  if (!fleet) return { kind: "out-of-time", reason: "the traffic could not be routed over what the jobs leave" };
  const boundPerHour = bound !== undefined && bound > costPerHour ? costPerHour : bound;
  return {
    kind: "fleet",
    fleet,
    runs,
    idle,
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

const boundBeside = async (asked: Asked, { fleet, costPerHour }: FleetWithJobs): Promise<MicroUsd | undefined> =>
  fleet.boundPerHour === undefined ? undefined : boundOf(asked, fleet.boundPerHour, costPerHour);

/** The services' own bound and the jobs' own; where they share spot, or idle hours, also the bound of both together. */
const boundOf = async ({ problem, questions, tools }: Asked, ofServices: MicroUsd, cost: MicroUsd): Promise<MicroUsd> => {
  const { services, beside } = problem;
  const { rules } = services;
  const alone = services.needs.length === 0 && beside === "nothing";
  // On idle hours a job may cost nothing.
  const paying = questions.filter((question) => !mayUseIdle(question, services));
  const ofJobs = batchBound(paying, rules, alone ? "nothing" : "others") / rules.horizonHours;
  const apart = microUsd(ofServices + BigInt(Math.floor(ofJobs * (1 - safety))));
  const isLoose = Number(cost - apart) > services.limits.relativeGap * Number(cost);
  const joint = isLoose && isShared(problem, questions) ? await jointBound({ services, questions, beside }, tools) : undefined;
  const together = microUsd(BigInt(Math.floor(Math.max(0, joint ?? 0) * 1e6 * (1 - safety))));
  const [, higher = apart] = [apart, together].toSorted((a, b) => (a < b ? -1 : 1));
  return higher < cost ? higher : cost;
};

/** Beside machines that train spot is shared with these too, and nothing prices that. */
const isShared = ({ services, beside }: JobsProblem, questions: readonly BatchQuestion[]): boolean => {
  const { spotMaxShare, surcharges } = services.rules;
  const sharesSpot = questions.length > 0 && beside === "nothing" && spotMaxShare > 0 && spotMaxShare < 1;
  const sharesIdle = questions.some((question) => mayUseIdle(question, services));
  return services.needs.length > 0 && !surcharges.egress && (sharesSpot || sharesIdle);
};

/** Sums of floats may be too high by less than this share. */
const safety = 1e-9;

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
