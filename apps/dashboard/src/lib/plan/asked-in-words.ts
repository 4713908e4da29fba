import type { BatchJob, PlanRequest, ServiceLevelObjective, ServiceRequest, TrainingJob } from "@headroom/core";
import { formatCount, formatSeconds, formatShare } from "../format/quantities.ts";

const defaultPercentile = 95;

interface Asked {
  readonly name: string;
  readonly words: string;
}

/** What each service and job asked for, as one would tell it: the model, who uses it, with what, how fast or by when. */
export const askedInWords = ({ services, batchJobs = [], trainingJobs = [] }: PlanRequest): readonly Asked[] => [
  ...services.map((service) => ({
    name: service.name,
    words: [modelInWords(service), demandInWords(service), trafficInWords(service), targetsInWords(service.slo)].join(" · "),
  })),
  ...batchJobs.map((job) => ({ name: job.name, words: [modelInWords(job), workInWords(job)].join(" · ") })),
  ...trainingJobs.map((job) => ({ name: job.name, words: [modelInWords({ model: job.model }), runInWords(job)].join(" · ") })),
];

const workInWords = ({ requests, islTokens, oslTokens, deadlineHours }: BatchJob): string =>
  `${formatCount(requests)} requests in ${formatCount(deadlineHours)} hours: ${formatCount(islTokens)} tokens in, ${formatCount(oslTokens)} out`;

const runInWords = ({ tokens, deadlineDays }: TrainingJob): string =>
  `training on ${formatCount(tokens)} tokens${deadlineDays === undefined ? "" : ` in ${formatCount(deadlineDays)} days`}`;

const modelInWords = ({ model, precision }: Pick<ServiceRequest, "model" | "precision">): string => {
  const name = model.id?.split("/").at(-1) ?? "a model of its own config";
  return typeof precision === "object" && typeof precision.weights === "string" ? `${name} in ${precision.weights}` : name;
};

const demandInWords = ({ demand }: ServiceRequest): string => `${rateInWords(demand)}${growthInWords(demand)}`;

const growthInWords = ({ growthPerMonth: growth = 0 }: ServiceRequest["demand"]): string => {
  if (growth === 0) return "";
  return `, ${growth > 0 ? "growing" : "shrinking"} ${formatShare(Math.abs(growth))} a month`;
};

const rateInWords = ({ requestRatePerSecond: rate }: ServiceRequest["demand"]): string => {
  if (typeof rate === "number") return `${formatCount(rate)} requests/s`;
  if ("hourOfWeek" in rate) return `${formatCount(Math.max(...rate.hourOfWeek))} requests/s in the busiest hour of the week`;
  const thinking = rate.thinkSeconds ? `, thinking ${formatCount(rate.thinkSeconds)} s between requests` : "";
  return `${formatCount(rate.users)} people, ${formatShare(rate.concurrentShare)} at once${thinking}`;
};

const trafficInWords = ({ demand: { classes } }: ServiceRequest): string =>
  classes
    .map(({ name, islTokens, oslTokens, share }) => {
      const tokens = `${formatCount(islTokens)} tokens in, ${formatCount(oslTokens)} out`;
      return classes.length > 1 ? `${name} ${formatShare(share)}: ${tokens}` : tokens;
    })
    .join("; ");

const targetsInWords = ({ ttftMs, tpotMs, requestLatencyMs, percentile = defaultPercentile }: ServiceLevelObjective): string => {
  const targets = [
    ...(ttftMs === undefined ? [] : [`first token in ${formatCount(ttftMs)} ms`]),
    ...(tpotMs === undefined ? [] : [`${formatCount(tpotMs)} ms per output token`]),
    ...(requestLatencyMs === undefined ? [] : [`answer in ${formatSeconds(requestLatencyMs)} s`]),
  ];
  return `${targets.join(", ")} for ${formatCount(percentile)} % of requests`;
};
