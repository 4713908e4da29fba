import { estimateOf, runHours, trainingMemoryOf } from "../candidates/index.ts";
import { type BuyingRules, isCommitted, mayBuy, type PricedOffer } from "../market/index.ts";
import type { TrainingJob } from "../request/index.ts";
import { formatUsd, usd } from "../units/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { mostOf } from "./hourly-count.ts";
import { lineCostWhileActive } from "./plan-cost.ts";
import type { PlanLine } from "./plan-document.ts";
import { trainingShape } from "./training-shape.ts";

const agree = (claimed: number, derived: number): boolean => Math.abs(claimed - derived) <= 1e-5 * Math.max(1, Math.abs(derived));

/** Every training job has one line, on an offer that may be bought, where it fits and ends by its deadline. */
export const checkTraining = (input: CheckInput): CheckedRule[] => {
  const jobs = input.plan.request.trainingJobs ?? [];
  const lines = input.plan.lines.filter(({ training }) => training !== undefined);
  if (jobs.length + lines.length === 0) return [];
  const missing = jobs.filter(({ name }) => lines.filter((line) => line.for === name).length !== 1);
  return [
    {
      rule: "training",
      violations: [
        ...missing.map(({ name }) => `${name} does not have exactly one line`),
        ...lines.flatMap((line) => lineViolations(input, line).map((violation) => `${line.for}: ${violation}`)),
      ],
    },
  ];
};

const lineViolations = ({ plan, rules }: CheckInput, line: PlanLine): string[] => {
  const job = plan.request.trainingJobs?.find(({ name }) => name === line.for);
  const offer = plan.offers.find(({ offerId }) => offerId === line.offerId);
  if (!job || !offer || typeof line.instances !== "number" || !line.training) return ["names a job or an offer that is not there"];
  const { accelerator: id, acceleratorsPerInstance: accelerators, capacityType } = offer;
  const machine = { accelerator: { id }, accelerators, capacityType };
  const estimate = estimateOf(job, machine, line.instances, line.layout);
  if (!estimate || estimate.days === undefined) return ["the run cannot be estimated"];
  const memory = trainingMemoryOf(estimate);
  const parts = Object.keys(memory) as (keyof typeof memory)[];
  return [
    ...(mayBuy(offer, rules) ? [] : [`${offer.capacityType} may not be bought`]),
    ...sameAsOffer(line, offer),
    ...(estimate.verdict === "does-not-fit" ? ["the run does not fit"] : []),
    ...(line.instances > 1 && offer.network !== "rdma" ? ["spans instances that have no network for it"] : []),
    ...timeViolations(line, job, { ...estimate, days: estimate.days, horizonHours: rules.horizonHours }),
    ...costViolations(line, job, rules),
    ...needsViolations(line, estimate),
    ...shapeViolations(line, job, line.instances),
    ...(line.predicted ? ["a run answers no requests and predicts their latency"] : []),
    ...parts.flatMap((part) => (agree(line.memory[part], memory[part]) ? [] : [`${part} is ${memory[part]}, not ${line.memory[part]}`])),
  ];
};

type Estimate = NonNullable<ReturnType<typeof estimateOf>>;

const timeViolations = (
  line: PlanLine,
  { deadlineDays }: TrainingJob,
  { days, acceleratorHours = 0, mfu, horizonHours }: Estimate & { readonly days: number; readonly horizonHours: number },
): string[] => {
  const { training, acceleratorsPerInstance, instances } = line;
  const active = line.active ?? { fromHour: 0, untilHour: horizonHours };
  const hours = runHours(acceleratorHours / (acceleratorsPerInstance * mostOf(instances)));
  const until = isCommitted(line) ? horizonHours : hours;
  const says = training && agree(training.days, days) && agree(training.acceleratorHours, acceleratorHours);
  return [
    ...(deadlineDays !== undefined && days > deadlineDays ? [`takes ${days} days, more than ${deadlineDays}`] : []),
    ...(says ? [] : [`takes ${days} days`]),
    ...(active.fromHour === 0 && active.untilHour === until && hours <= horizonHours ? [] : [`the run takes the first ${hours} hours`]),
    ...(training && agree(training.mfu, mfu) ? [] : [`reaches ${mfu} of the peak`]),
  ];
};

const costViolations = (line: PlanLine, { budgetUsd }: TrainingJob, rules: BuyingRules): string[] => {
  const cost = lineCostWhileActive(line, rules);
  return [
    ...(line.training?.usdForTheRun === formatUsd(cost) ? [] : [`the run costs ${formatUsd(cost)}, not ${line.training?.usdForTheRun}`]),
    ...(budgetUsd !== undefined && cost > usd(budgetUsd) ? [`the run costs ${formatUsd(cost)}, more than ${budgetUsd}`] : []),
  ];
};

const shapeViolations = (line: PlanLine, job: TrainingJob, instances: number): string[] => {
  const shape = trainingShape(job, { instances, accelerators: line.acceleratorsPerInstance, layout: line.layout });
  const fields = Object.keys(shape) as (keyof typeof shape)[];
  return fields.flatMap((field) =>
    isSame(line[field], shape[field]) ? [] : [`${field} is ${JSON.stringify(shape[field])}, not ${JSON.stringify(line[field])}`],
  );
};

/** Whatever the order of the fields. */
const isSame = (claimed: unknown, derived: unknown): boolean =>
  typeof claimed === "object" && claimed !== null && typeof derived === "object" && derived !== null
    ? [...new Set([...Object.keys(claimed), ...Object.keys(derived)])].every(
        (key) => (claimed as Record<string, unknown>)[key] === (derived as Record<string, unknown>)[key],
      )
    : claimed === derived;

const needsViolations = ({ needs, training, instances }: PlanLine, estimate: Estimate): string[] => {
  const { storageGib, hostMemoryGib } = estimate.needs;
  const network = mostOf(instances) > 1 ? "rdma" : "none";
  return [
    ...(needs.storageGib === storageGib ? [] : [`needs ${storageGib} GiB on disk`]),
    ...(needs.hostMemoryGib === hostMemoryGib ? [] : [`needs ${hostMemoryGib ?? "an unknown number of"} GiB of host memory`]),
    ...(needs.network === network ? [] : [`needs the network ${network}`]),
    ...(training?.source === estimate.source ? [] : [`rests on ${estimate.source}`]),
  ];
};

const sameAsOffer = (line: PlanLine, offer: PricedOffer): string[] =>
  (
    [
      "provider",
      "region",
      "instanceType",
      "accelerator",
      "acceleratorsPerInstance",
      "capacityType",
      "term",
      "usdPerInstanceHour",
      "priceTrust",
      "priceSource",
      "priceDate",
    ] as const
  ).flatMap((field) => (line[field] === offer[field] ? [] : [`${field} is ${line[field]} and the offer says ${offer[field]}`]));
