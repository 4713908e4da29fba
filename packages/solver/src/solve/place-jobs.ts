import type { BatchNeed, BuyingRules, Candidate } from "@headroom/core";
import { buyableUnits } from "../formulate/buyable-units.ts";
import { type Room, roomAfter } from "./batch-room.ts";
import type { FleetProblem } from "./fleet.ts";
import type { IdleWeek } from "./idle-week.ts";
import { type BatchQuestion, type BatchRun, batchCost, type PlacedBatch, placeBatch } from "./place-batch.ts";
import { type IdleRun, placeIdle } from "./place-idle.ts";

export interface PlacedJobs {
  /** On machines that are bought for a job. */
  readonly runs: readonly BatchRun[];
  /** Where the services' commitments would stand idle. */
  readonly idle: readonly IdleRun[];
  /** What is left to buy, and of what is bought. */
  readonly room: Room;
  /** What serves, without what the jobs have of it; undefined where nothing serves. */
  readonly week: IdleWeek | undefined;
}

export interface JobsQuestion {
  readonly services: Pick<FleetProblem, "rules" | "offers">;
  readonly jobs: readonly BatchNeed[];
  /** Ways to run the jobs, beside the services' own candidates. */
  readonly candidates: readonly Candidate[];
}

/** A job's machines, on spot where it may be interrupted: nothing of it has to survive. */
export const questionsOf = ({ services, jobs, candidates: all }: JobsQuestion): BatchQuestion[] => {
  const rules: BuyingRules = { ...services.rules, survive: "nothing" };
  return jobs.map((batch) => {
    const candidates = all.filter(({ need }) => need === batch.need);
    return { batch, rules, candidates, units: buyableUnits(candidates, services.offers, rules, { inForce: new Map(), usdPerHour: 0 }) };
  });
};

type Beside = Pick<PlacedJobs, "room" | "week">;

/** One job after another, by name, each in what the ones before it leave: on idle hours first, and the rest on what costs least. */
export const placeJobs = (questions: readonly BatchQuestion[], beside: Beside): PlacedJobs | undefined => {
  let placed: PlacedJobs = { runs: [], idle: [], ...beside };
  for (const question of questions) {
    const next = cheaper([besideIdle(question, placed), bought(question, placed)], question.rules);
    if (!next) return undefined;
    const room = next.runs.reduce((left, run) => leftBy(left, run, question.rules), placed.room);
    placed = { runs: [...placed.runs, ...next.runs], idle: [...placed.idle, ...next.idle], room, week: next.week };
  }
  return placed;
};

type PlacedJob = Pick<PlacedJobs, "runs" | "idle" | "week">;

const bought = (question: BatchQuestion, { room, week }: Beside): PlacedJob | undefined => {
  const { runs }: Partial<PlacedBatch> = placeBatch(question, room) ?? {};
  return runs && { runs, idle: [], week };
};

const besideIdle = (question: BatchQuestion, { room, week: from }: Beside): PlacedJob | undefined => {
  if (!from) return undefined;
  const { runs: idle, week } = placeIdle(question, from);
  if (idle.length === 0) return undefined;
  const { batch } = question;
  const requests = idle.reduce((left, run) => left - run.requests, batch.requests);
  if (requests <= dust * batch.requests) return { runs: [], idle, week };
  const rest = placeBatch({ ...question, batch: { ...batch, requests } }, room);
  return rest && { runs: rest.runs, idle, week };
};

/** Less than this share of a job is a rounding error of the sums. */
const dust = 1e-9;

/** The first of those that cost alike. */
const cheaper = (ways: readonly (PlacedJob | undefined)[], rules: BuyingRules): PlacedJob | undefined =>
  ways.reduce((best, way) => (!best || (way && batchCost(way.runs, rules) < batchCost(best.runs, rules)) ? way : best));

/** Machines that go when they are done leave no spot to others that stay. */
export const leftBy = (room: Room, run: BatchRun, rules: BuyingRules): Room => {
  const after = roomAfter(room, run, rules);
  return { ...after, spot: Math.min(room.spot, after.spot) };
};
