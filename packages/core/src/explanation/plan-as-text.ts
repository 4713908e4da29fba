import { layoutName } from "../candidates/index.ts";
import { displayName, findAccelerator } from "../hardware/index.ts";
import { countInWords, type HourlyCount, type Plan, type PlanLine, payingLine } from "../plan/index.ts";
import type { ServiceRequest } from "../request/index.ts";
import { isLeftOpen } from "./is-left-open.ts";
import { lineMonths, lineStep } from "./line-months.ts";
import { type Branch, drawTree } from "./tree.ts";

/** The whole plan as a person reads it in a terminal. */
export const planAsText = (plan: Plan): string => {
  const branches = plan.cost
    ? [...costBranches(plan), ...plan.lines.map((line) => lineBranch(line, plan)), ...whyBranches(plan)]
    : noPlanBranches(plan);
  return drawTree({ text: titleOf(plan), branches }).join("\n");
};

const titleOf = ({ name, status, catalog, proof }: Plan): string => {
  const proved =
    status === "infeasible" ? "no plan exists" : proof.gap === null ? "feasible, no bound" : `${status}, gap ${percent(proof.gap, 2)}`;
  return `${name ?? "Plan"}: ${proved}, on the catalog ${catalog}`;
};

const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)} %`;

/** 20440.0051 as 20,440.01. Unit prices keep all their places. */
const grouped = (amount: string): string => withCommas(Number(amount).toFixed(2));

const withCommas = (amount: string): string => amount.replace(/\B(?=(\d{3})+(?=\.))/g, ",");

const priceOrigin = ({ priceTrust, priceDate }: PlanLine): string => {
  switch (priceTrust) {
    case "list":
      return `list price of ${priceDate}`;
    case "survey":
      return `price survey of ${priceDate}`;
    case "assumed-discount":
      return `a discount assumed on the list of ${priceDate}`;
  }
};

const counted = (count: HourlyCount, noun: string): string => `${countInWords(count)} ${noun}${count === 1 ? "" : "s"}`;

const acceleratorName = (id: string): string => {
  const found = findAccelerator(id);
  return found.ok ? displayName(found.value) : id;
};

const costBranches = ({ cost, assumptions }: Plan): Branch[] => {
  if (!cost) return [];
  const perMillion = Object.entries(cost.usdPerMillionOutputTokens).map(([service, usd]) => ({
    text: `${grouped(usd)} USD per million output tokens of ${service}`,
  }));
  return [
    {
      text: `${grouped(cost.usdPerHour)} USD an hour · ${grouped(cost.usdPerMonth)} a month · ${grouped(cost.usdHorizon)} in ${counted(Number(assumptions.horizonHours), "hour")}`,
      branches: perMillion,
    },
  ];
};

const lineBranch = (line: PlanLine, plan: Plan): Branch => {
  const { request, lines } = plan;
  const { memory, predicted, batch } = line;
  const paying = lines[payingLine(line) ?? -1];
  const step = lineStep(line, plan);
  const when = lineMonths(line, plan);
  const service = request.services.find(({ name }) => name === line.for);
  const gib = (n: number) => n.toFixed(1);
  if (line.training) return trainingBranch(line, line.training);
  const more = when && step.kind === "more" ? " more" : "";
  const of = paying && `${line.idle ? "on idle hours of" : "on"} ${paying.for}'s`;
  const text = `${line.for}${when ? ` ${when}` : ""}: ${of ?? `${countInWords(line.instances)}${more} ×`} ${line.instanceType}, ${line.provider} ${line.region}, ${line.capacityType}${line.term ? ` ${line.term}` : ""}`;
  if (when && step.kind !== "first") return { text };
  return {
    text,
    branches: [
      {
        text: `${line.acceleratorsPerInstance} × ${acceleratorName(line.accelerator)} each · ${withCommas(line.usdPerInstanceHour)} USD an instance-hour, ${priceOrigin(line)}${surchargesText(line)}`,
      },
      {
        text: `${counted(line.replicas, "replica")} in ${layoutName(line.layout)} · ${line.precision.weights} weights, ${line.precision.kvCache} KV cache · ${line.engine.name}`,
      },
      {
        text:
          `memory of each accelerator: weights ${gib(memory.weightsGib)} + activations ${gib(memory.activationGib)} + runtime ${gib(memory.runtimeGib)} ` +
          `+ KV cache ${gib(memory.kvCacheGib)} = ${gib(memory.budgetGib)} of ${gib(memory.visibleGib)} GiB`,
      },
      ...(batch ? [{ text: batchText(batch) }] : []),
      ...(predicted ? [{ text: loadText(predicted, service) }] : []),
    ],
  };
};

/** What storage and egress add, where the request prices them. */
const surchargesText = ({ priceParts, egress }: PlanLine): string =>
  [
    ...(priceParts ? [` · ${priceParts.storageUsdPerInstanceHour} of it storage`] : []),
    ...(egress ? [` · egress ${egress.usdPerHour} USD an hour`] : []),
  ].join("");

const trainingBranch = (line: PlanLine, { days, acceleratorHours, usdForTheRun, mfu }: NonNullable<PlanLine["training"]>): Branch => ({
  text: `${line.for}: ${countInWords(line.instances)} × ${line.instanceType}, ${line.provider} ${line.region}, ${line.capacityType}${line.term ? ` ${line.term}` : ""}`,
  branches: [
    {
      text: `${line.acceleratorsPerInstance} × ${acceleratorName(line.accelerator)} each · ${withCommas(line.usdPerInstanceHour)} USD an instance-hour, ${priceOrigin(line)}`,
    },
    {
      text: `training in ${layoutName(line.layout)} · ${days.toFixed(1)} days, ${withCommas(acceleratorHours.toFixed(0))} accelerator-hours, ${grouped(usdForTheRun)} USD · ${percent(mfu)} of the peak`,
    },
  ],
});

const batchText = ({ requests, hours, usdForTheRun }: NonNullable<PlanLine["batch"]>): string =>
  `${Math.round(requests).toLocaleString("en-US")} requests, done after ${hours.toLocaleString("en-US")} hours, for ${grouped(usdForTheRun)} USD`;

type Predicted = NonNullable<PlanLine["predicted"]>;

const loadText = (predicted: Predicted, service: ServiceRequest | undefined): string => {
  const inFlight = Object.values(predicted.maxRequestsInFlightPerReplica).join(" or ");
  return `p${predicted.percentile} with ${predicted.requestsInFlightPerReplica} of up to ${inFlight} requests in flight: ${latencyText(predicted, service)}`;
};

const latencyText = (
  { ttftMs, tpotMs, tpotMsInterval: [low, high], requestLatencyMs }: Predicted,
  service: ServiceRequest | undefined,
): string => {
  const of = (target: number | undefined) => (target === undefined ? "" : ` of ${target}`);
  return [
    `first token ${Math.round(ttftMs)}${of(service?.slo.ttftMs)} ms`,
    `token ${tpotMs.toFixed(1)}${of(service?.slo.tpotMs)} ms (${low.toFixed(1)} to ${high.toFixed(1)})`,
    `answer ${(requestLatencyMs / 1000).toFixed(1)}${of(service?.slo.requestLatencyMs && service.slo.requestLatencyMs / 1000)} s`,
  ].join(" · ");
};

const whyBranches = (plan: Plan): Branch[] => {
  const { baselines, bindingConstraints, runnersUp, throughputMayFallBy } = plan.explanation;
  const usd = (amount: string | null) => (amount === null ? "none found" : `${grouped(amount)} USD an hour`);
  return [
    rejectionBranch(plan, "why not the others"),
    {
      text: "against",
      branches: [
        { text: `on-demand only: ${usd(baselines.onDemandOnly)}` },
        { text: `the cheapest single accelerator: ${usd(baselines.cheapestSingleType)}` },
        { text: `all reserved: ${usd(baselines.allReserved)}` },
        { text: `the popular rule, half spot and three tenths reserved: ${baselines.popularRuleFails ?? usd(baselines.popularRule)}` },
        ...(baselines.current === undefined ? [] : [{ text: `the plan in force: ${usd(baselines.current)}` }]),
        ...runnersUp.map((runnerUp) => ({ text: runnerUpText(runnerUp) })),
      ],
    },
    {
      text: "what binds",
      branches: bindingConstraints.map(({ constraint, slack, usdPerHourOfOneMore }) => ({
        text: `${constraint}: ${slack} to spare${usdPerHourOfOneMore === null ? "" : `, one more changes the cost by ${grouped(usdPerHourOfOneMore)} an hour`}`,
      })),
    },
    ...(throughputMayFallBy === null
      ? []
      : [{ text: `throughput may be ${percent(throughputMayFallBy)} below the estimate before a target is missed` }]),
    proofBranch(plan),
  ];
};

/** Where it may be that much cheaper, what is proved of it is told too. */
const runnerUpText = (runnerUp: Plan["explanation"]["runnersUp"][number]): string => {
  const { change, usdPerHour, differenceUsdPerHour, usdPerHourAtLeast } = runnerUp;
  const more = `${change}: ${grouped(differenceUsdPerHour)} more an hour`;
  return isLeftOpen(runnerUp) && usdPerHourAtLeast !== undefined
    ? `${more} (${grouped(usdPerHour)}, proved no less than ${grouped(usdPerHourAtLeast)})`
    : more;
};

/**
 * What is dearer and what nearly fits, one by one; what cannot run it at all, by reason; machines without a price are many
 * and say little about this request, so they are counted here and listed in the plan.
 */
const rejectionBranch = ({ explanation }: Plan, text: string): Branch => {
  const cannotRun = explanation.rejections.filter(({ code }) => code === "precision" || code === "engine");
  const notForSale = explanation.rejections.filter(({ code }) => code === "not-for-sale");
  const told = explanation.rejections.filter((rejection) => !cannotRun.includes(rejection) && !notForSale.includes(rejection));
  return {
    text,
    branches: [
      ...told.map(({ what, detail, wouldEnterAtUsdPerInstanceHour: price }) => ({
        text: `${what}: ${detail}${price === undefined ? "" : `; would tie at ${grouped(price)} an instance-hour`}`,
      })),
      ...[...new Set(cannotRun.map(({ detail }) => detail))].map((reason) => ({
        text: `${[...new Set(cannotRun.flatMap(({ what, detail }) => (detail === reason ? [what] : [])))].join(", ")}: ${reason}`,
      })),
      ...(notForSale.length > 0 ? [{ text: `${counted(notForSale.length, "machine")} without a price in this catalog` }] : []),
    ],
  };
};

const proofBranch = ({ proof }: Plan): Branch => ({
  text: `proof: no plan can cost less than ${grouped(proof.lowerBoundUsdPerHour ?? "0.00")} USD an hour (${proof.backend}); ${counted(proof.checks.length, "rule")} re-checked, all hold`,
});

const noPlanBranches = (plan: Plan): Branch[] => [
  rejectionBranch(plan, "what fails"),
  {
    text: "what would make it possible",
    branches: (plan.explanation.relaxations ?? []).map(({ change, from, to, usdPerHour }) => ({
      text: `${change}: ${to} instead of ${from}${usdPerHour === null ? "" : `, for ${grouped(usdPerHour)} USD an hour`}`,
    })),
  },
];
