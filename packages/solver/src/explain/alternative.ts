import { type MicroUsd, microUsd, succeed } from "@headroom/core";
import type { Placed } from "../extract-plan/draft-plan.ts";
import { roomBeside } from "../solve/batch-room.ts";
import { keyOfUnit } from "../solve/commitment-paths.ts";
import { costOfStages } from "../solve/cost-of-stages.ts";
import type { FleetProblem } from "../solve/fleet.ts";
import { idleWeek } from "../solve/idle-week.ts";
import type { UnitCounts } from "../solve/layered-fleet.ts";
import { lendIdle } from "../solve/lend-idle.ts";
import { type PlacedJobs, placeJobs, questionsOf } from "../solve/place-jobs.ts";
import { cheapenTraining, type PlacedTraining, placeTraining } from "../solve/place-training.ts";
import type { StagedFleet } from "../solve/solve-stages.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import { isPaidFor } from "../solve/solve-with-jobs.ts";
import { type CountedFleet, cheapestFleet, cheapestStages, withCandidates, withOffers } from "./restrict.ts";
import type { Restriction } from "./restriction.ts";
import { type WholeQuestion, wholeCost } from "./whole-question.ts";

/** Another way to meet a request, as the solver finds and prices it. */
export interface Alternative {
  readonly costPerHour: MicroUsd;
  /** What the question under its restriction cannot cost less than; undefined where nothing is proved of it. */
  readonly boundPerHour: MicroUsd | undefined;
  /** Alternatives that buy the same are one plan. */
  readonly bought: string;
  /** All that a plan is drafted from; undefined where the traffic cannot be routed. */
  readonly placed: () => Promise<Placed | undefined>;
}

/** The cheapest under a restriction, jobs placed as in any plan; undefined where none was found. */
export const cheapestUnder = async (
  { problem, input, jobs }: WholeQuestion,
  { offers = () => true, candidates = () => true }: Restriction,
  tools: SolveTools,
): Promise<Alternative | undefined> => {
  const left = withCandidates(withOffers(problem, offers), candidates);
  if (left.horizon) return overStages(left, jobs.training, tools);
  const asked = { ...jobs.question, offers: left.offers };
  const { trainingAtFirst } = jobs;
  const trainsAlike = trainingAtFirst.runs.every(({ offer }) => offers(offer));
  const training = trainsAlike ? succeed(trainingAtFirst) : placeTraining(input.request, asked);
  if (!training.ok) return undefined;
  const { rules } = training.value;
  const services = { ...left, rules };
  const fleet = await cheapestFleet(services, tools);
  if (!fleet) return undefined;
  const own = { services, jobs: jobs.question.jobs, candidates: jobs.candidates.filter(candidates) };
  const purchases = [...fleet.counts].map(([unit, bought]) => ({ unit, bought }));
  const beside = placeJobs(questionsOf(own), {
    room: roomBeside({ groups: fleet.groups, purchases }, rules),
    week: idleWeek({ needs: services.needs, survive: rules.survive, ...fleet }),
  });
  if (!beside || !isPaidFor(fleet, beside.runs, own)) return undefined;
  const others = services.needs.length + own.jobs.length > 0 ? "some" : "none";
  const trained = cheapenTraining(training.value, asked, { room: beside.room, others });
  return together({ services, fleet, beside, trained }, tools);
};

interface Together {
  readonly services: FleetProblem;
  readonly fleet: CountedFleet;
  readonly beside: PlacedJobs;
  readonly trained: PlacedTraining;
}

const together = ({ services, fleet, beside, trained }: Together, { backends }: SolveTools): Alternative => {
  const { runs, idle, room, week } = beside;
  const costPerHour = wholeCost({ fleet, runs }, trained, services.rules);
  const isAlone = runs.length + idle.length + trained.runs.length === 0;
  return {
    costPerHour,
    boundPerHour: isAlone ? fleet.boundPerHour : undefined,
    bought: [
      boughtBy(fleet.counts),
      ...runs.map(({ unit, count, milliHours }) => `${keyOfUnit(unit)} ${count} ${milliHours}`),
      ...idle.map(({ host, unit, requests }) => `${keyOfUnit(unit)} on ${keyOfUnit(host)} ${requests}`),
      ...trained.runs.map(({ job, offer, instances }) => `${job.name} ${offer.id} ${instances}`),
    ].join("\n"),
    placed: async () => {
      const routed = await fleet.routed();
      const lending = routed && week && idle.length > 0 ? await lendIdle(services, routed, week, backends) : routed;
      const found = { kind: "fleet", told: services, runs, idle, room, costPerHour, boundPerHour: undefined } as const;
      return lending && { problem: services, outcome: { ...found, fleet: lending }, training: trained };
    },
  };
};

const overStages = async (problem: FleetProblem, training: Placed["training"], tools: SolveTools): Promise<Alternative | undefined> => {
  const staged = await cheapestStages(problem, tools);
  if (!staged) return undefined;
  const costPerHour = costOfStages(staged.stages);
  const { slackPerHour } = staged;
  return {
    costPerHour,
    boundPerHour: slackPerHour === undefined ? undefined : microUsd(costPerHour - slackPerHour),
    bought: staged.stages.map(({ fleet }) => boughtBy(new Map(fleet.purchases.map(({ unit, counts }) => [unit, counts])))).join("\n\n"),
    placed: async () => placedInStages(problem, staged, training),
  };
};

/** Nothing but services stands in stages. */
export const placedInStages = (problem: FleetProblem, staged: StagedFleet, training: Placed["training"]): Placed | undefined => {
  const [first] = staged.stages;
  if (!first) return undefined;
  const room = roomBeside(first.fleet, problem.rules);
  const unproved = { ...staged, slackPerHour: undefined };
  const found = { kind: "fleet", told: problem, staged: unproved, fleet: first.fleet, runs: [], idle: [], room } as const;
  return { problem, outcome: { ...found, costPerHour: costOfStages(staged.stages), boundPerHour: undefined }, training };
};

const boughtBy = (counts: UnitCounts): string => [...counts].map(([unit, ofUnit]) => `${keyOfUnit(unit)} ${ofUnit.join(",")}`).join("\n");
