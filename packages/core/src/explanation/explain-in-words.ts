import { layoutName } from "../candidates/index.ts";
import { displayName, findAccelerator } from "../hardware/index.ts";
import { countInWords, type Explanation, type HourlyCount, type Plan, type PlanLine, savedPerHour, sharedPools } from "../plan/index.ts";
import { formatUsd } from "../units/index.ts";
import { formatsInWords } from "./formats-in-words.ts";
import { idleInWords } from "./idle-in-words.ts";
import { isLeftOpen } from "./is-left-open.ts";
import { type LineStep, lineMonths, lineStep } from "./line-months.ts";

/** The plan in sentences a manager can read, from its own numbers. */
export const explainInWords = (plan: Plan): string[] =>
  plan.status === "infeasible" || plan.cost === null
    ? explainNoPlan(plan)
    : [
        ...plan.lines.map((line) => lineInWords(line, plan)),
        ...sharingInWords(plan),
        ...formatsInWords(plan),
        ...stagesInWords(plan),
        ...costInWords(plan),
        ...whyInWords(plan.explanation),
      ];

const nameOf = (acceleratorId: string): string => {
  const found = findAccelerator(acceleratorId);
  return found.ok ? displayName(found.value) : acceleratorId;
};

const howBought = ({ capacityType, term }: PlanLine): string =>
  term === undefined ? capacityType : `${capacityType} for ${term === "1y" ? "one year" : "three years"}`;

const counted = (count: HourlyCount, noun: string): string =>
  typeof count === "number" ? `${count} ${noun}${count === 1 ? "" : "s"}` : `${countInWords(count)} ${noun}s by the hour of the week`;

const sharingInWords = ({ lines }: Plan): string[] =>
  sharedPools(lines).flatMap((pool) => {
    const paying = lines[pool.host];
    if (!paying) return [];
    const services = [...new Set(pool.members.map((member) => lines[member]?.for ?? ""))];
    const saved = `${formatUsd(savedPerHour(lines, pool))} USD per hour less than with instances of its own for each`;
    return [
      `${inAList(services)} share ${counted(paying.instances, "instance")} of ${paying.instanceType}, ${howBought(paying)}, for ${saved}.`,
    ];
  });

const inAList = (names: readonly string[]): string => `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

const lineInWords = (line: PlanLine, plan: Plan): string => {
  const paying = plan.lines[line.sharesInstancesOf ?? -1];
  const { predicted, memory, training, batch } = line;
  const onIdle = idleInWords(line, plan);
  if (onIdle) return onIdle;
  const step = lineStep(line, plan);
  const when = lineMonths(line, plan);
  if (when && step.kind !== "first") return laterInWords(line, when, step);
  const machines = `${counted(line.instances, "instance")} of ${line.instanceType} at ${line.provider} in ${line.region} (${line.acceleratorsPerInstance} × ${nameOf(line.accelerator)} each)`;
  const trust =
    line.priceTrust === "list" ? "" : line.priceTrust === "survey" ? ", a price from a survey" : ", a price with an assumed discount";
  if (training) {
    const run = `${training.days.toFixed(1)} days and ${training.usdForTheRun} USD in ${layoutName(line.layout)}`;
    return `${line.for}: rent ${machines}, ${howBought(line)}, at ${line.usdPerInstanceHour} USD per instance-hour${trust}, for ${run}.`;
  }
  if (batch) {
    const run = `${Math.round(batch.requests).toLocaleString("en-US")} requests in ${layoutName(line.layout)}, done after ${batch.hours.toFixed(1)} hours, for ${batch.usdForTheRun} USD`;
    return `${line.for}: rent ${machines}, ${howBought(line)}, at ${line.usdPerInstanceHour} USD per instance-hour${trust}, for ${run}.`;
  }
  return (
    (paying
      ? `${line.for}: on the instances of ${paying.for}, `
      : `${line.for}: ${when ? `${when}, ` : ""}rent ${machines}, ${howBought(line)}, at ${line.usdPerInstanceHour} USD per instance-hour${trust}, for `) +
    `${counted(line.replicas, "replica")} in ${layoutName(line.layout)}. ` +
    `Each accelerator holds ${memory.weightsGib.toFixed(1)} GiB of weights and ${memory.kvCacheGib.toFixed(1)} GiB of KV cache. ` +
    latencyInWords(predicted)
  );
};

const latencyInWords = (predicted: PlanLine["predicted"]): string =>
  predicted
    ? `At the planned load p${predicted.percentile} is ${Math.round(predicted.ttftMs)} ms to the first token and ${predicted.tpotMs.toFixed(1)} ms per token.`
    : "";

/** What was told of the first line holds for what joins it or takes its place. */
const laterInWords = (line: PlanLine, when: string, step: Exclude<LineStep, { kind: "first" }>): string => {
  const where = `of ${line.instanceType} at ${line.provider} in ${line.region}, ${howBought(line)}`;
  switch (step.kind) {
    case "more":
      return `${line.for}: ${when}, ${countInWords(line.instances)} more ${where}.`;
    case "again":
      return `${line.for}: ${when}, ${counted(line.instances, "instance")} ${where}.`;
    case "instead":
      return `${line.for}: ${when}, ${counted(line.instances, "instance")} ${where}, instead of ${countInWords(step.of.instances)}.`;
  }
};

const stagesInWords = ({ stages, assumptions }: Plan): string[] =>
  stages
    ? [
        `What is bought follows the demand in ${stages.length} stages over ${assumptions.horizonHours} hours; a month is 730 hours. Reservations, once made, are kept to the end.`,
      ]
    : [];

const costInWords = ({ cost, status, proof, stages }: Plan): string[] => {
  if (!cost) return [];
  const proved =
    status === "optimal" || proof.gap === 0
      ? "proved to be the cheapest"
      : proof.gap === null
        ? "with no bound on what is possible"
        : `at most ${(proof.gap * 100).toFixed(2)} % above the cheapest possible`;
  return [
    `It costs ${cost.usdPerHour} USD per hour${stages ? " in the mean" : ""} and ${cost.usdPerMonth} USD per month of 730 hours, ${proved} at these prices and estimates.`,
  ];
};

const whyInWords = ({ rejections, runnersUp, throughputMayFallBy }: Explanation): string[] => {
  const spare =
    throughputMayFallBy === null
      ? []
      : [`Every throughput estimate may be ${(throughputMayFallBy * 100).toFixed(0)} % too high before a target is missed.`];
  const [next] = runnersUp;
  const second = next
    ? [`The nearest other plan, ${next.change}, costs ${isLeftOpen(next) ? "at most " : ""}${next.differenceUsdPerHour} USD per hour more.`]
    : [];
  return [...spare, ...second, ...mostTelling(rejections).map(({ what, detail }) => `Not ${what}: ${detail}.`)];
};

const explainNoPlan = ({ explanation }: Plan): string[] => {
  const { relaxations = [], rejections } = explanation;
  return [
    "No plan meets the request.",
    ...mostTelling(rejections).map(({ what, detail }) => `${what}: ${detail}.`),
    ...relaxations.map(
      ({ change, from, to, usdPerHour }) =>
        `It becomes possible with ${change} at ${to} instead of ${from}${usdPerHour === null ? "" : `, for ${usdPerHour} USD per hour`}.`,
    ),
    ...(relaxations.length === 0 ? ["No single change of a target, a quota or the budget makes it possible."] : []),
  ];
};

/** The nearest of what is dearer and the nearest of what does not work; the full list stands in the plan. */
const mostTelling = (rejections: Explanation["rejections"]): Explanation["rejections"] => {
  const dearer = rejections.filter(({ code }) => code === "dearer").slice(0, 4);
  const refused = rejections.filter(({ code }) => code !== "dearer" && code !== "not-for-sale").slice(0, 4);
  return [...dearer, ...refused];
};
