import { defaultTraining } from "../defaults.ts";
import { accelerators } from "../hardware/index.ts";
import type { TrainingRequest } from "../request/training-request.ts";
import { roundTo } from "../units/index.ts";
import { estimateRun } from "./estimate-run.ts";
import { dataParallelSizeOf, withReplicas } from "./solve-training.ts";
import type { TrainingEstimate } from "./training-estimate.ts";
import { likelyFramework } from "./training-framework.ts";

type Remedy = NonNullable<TrainingEstimate["remedies"]>[number];

interface Change {
  readonly change: string;
  readonly request: TrainingRequest;
}

/** Changes that save memory, each asked again; what fits first, and of those what costs least speed. */
export const trainingRemedies = (asked: TrainingRequest, before: TrainingEstimate): Remedy[] => {
  const request = withFramework(asked);
  return [
    ...shardings(request),
    ...lighterSteps(request),
    ...spreads(request),
    ...offloads(request),
    ...largerAccelerators(request, before),
  ]
    .flatMap((change) => ask(change, before))
    .filter(({ gibSaved }) => gibSaved > 0.01)
    .sort(byUse)
    .slice(0, mostRemedies);
};

/** A change must not also change the framework that is thought likely. */
const withFramework = (request: TrainingRequest): TrainingRequest => {
  if (request.framework) return request;
  const gradientBits = request.gradientBits ?? (request.precision === "fp32" ? 32 : defaultTraining.gradientBits);
  return { ...request, framework: { name: likelyFramework(request) }, gradientBits };
};

const mostRemedies = 20;

const ask = ({ change, request }: Change, before: TrainingEstimate): Remedy[] => {
  const after = estimateRun(request);
  if (!after.ok) return [];
  const { perAccelerator, tokensPerSecondPerAccelerator, verdict } = after.value;
  return [
    {
      change,
      gibSaved: roundTo(4, before.perAccelerator.totalGib - perAccelerator.totalGib + roomGained(before, after.value)),
      speedCost: roundTo(4, 1 - tokensPerSecondPerAccelerator / before.tokensPerSecondPerAccelerator),
      verdict,
    },
  ];
};

/** A larger accelerator saves nothing but has more. */
const roomGained = (before: TrainingEstimate, after: TrainingEstimate): number =>
  after.perAccelerator.visibleGib - before.perAccelerator.visibleGib;

const rank = { fits: 0, marginal: 1, "does-not-fit": 2 } as const;

const byUse = (a: Remedy, b: Remedy): number =>
  rank[a.verdict] - rank[b.verdict] ||
  (a.verdict === "does-not-fit" ? b.gibSaved - a.gibSaved : (a.speedCost ?? 0) - (b.speedCost ?? 0)) ||
  a.change.localeCompare(b.change, "en");

const shardings = (request: TrainingRequest): Change[] => {
  const stages = ["ddp", "zero-1", "zero-2", "zero-3"] as const;
  const now = request.shard === "fsdp" ? stages.length : stages.findIndex((stage) => stage === (request.shard ?? "zero-1"));
  return stages.slice(now + 1).map((shard) => ({ change: `shard "${shard}"`, request: { ...request, shard } }));
};

const lighterSteps = (request: TrainingRequest): Change[] => {
  const { microBatchSize, recompute = "selective", method = "full", optimizer = "adamw", lora: _, ...rest } = request;
  return [
    ...(microBatchSize > 1
      ? [
          {
            change: `microBatchSize ${Math.ceil(microBatchSize / 2)}`,
            request: { ...request, microBatchSize: Math.ceil(microBatchSize / 2) },
          },
        ]
      : []),
    ...(recompute === "none" ? [{ change: 'recompute "selective"', request: { ...request, recompute: "selective" as const } }] : []),
    ...(recompute === "full" ? [] : [{ change: 'recompute "full"', request: { ...request, recompute: "full" as const } }]),
    ...(request.chunkedLoss ? [] : [{ change: "chunkedLoss", request: { ...request, chunkedLoss: true } }]),
    ...(optimizer === "adamw" ? [{ change: 'optimizer "adamw-8bit"', request: { ...request, optimizer: "adamw-8bit" as const } }] : []),
    ...(method === "full"
      ? [{ change: 'method "lora"', request: { ...rest, microBatchSize, recompute, optimizer, method: "lora" as const } }]
      : []),
    ...(method === "lora" ? [{ change: 'method "qlora"', request: { ...request, method: "qlora" as const } }] : []),
  ];
};

/** Twice as many ranks in one direction, on the same accelerators or on twice as many. */
const spreads = (request: TrainingRequest): Change[] => {
  const { layout = {} } = request;
  const doubled = (name: "tensorParallelSize" | "pipelineParallelSize" | "contextParallelSize" | "expertParallelSize"): Change => {
    const size = 2 * (layout[name] ?? 1);
    return { change: `${name} ${size}`, request: { ...request, layout: { ...layout, [name]: size } } };
  };
  const accelerators = 2 * request.accelerators;
  return [
    doubled("tensorParallelSize"),
    doubled("pipelineParallelSize"),
    doubled("contextParallelSize"),
    doubled("expertParallelSize"),
    { change: `accelerators ${accelerators}`, request: withReplicas(request, 2 * dataParallelSizeOf(request)) },
  ];
};

const offloads = (request: TrainingRequest): Change[] => {
  const now = request.offload ?? [];
  return (["optimizer", "parameters", "activations"] as const)
    .filter((part) => !now.includes(part))
    .map((part) => ({ change: `offload ${part}`, request: { ...request, offload: [...now, part] } }));
};

/** The three chips of the same vendor and form with the least memory above this one's. */
const largerAccelerators = (request: TrainingRequest, before: TrainingEstimate): Change[] => {
  const own = accelerators.find(({ id }) => id === before.assumptions.accelerator);
  return accelerators
    .filter(({ vendor, marketedGb }) => own !== undefined && vendor === own.vendor && marketedGb > own.marketedGb)
    .sort((a, b) => a.marketedGb - b.marketedGb || (a.id < b.id ? -1 : 1))
    .slice(0, 3)
    .map(({ id }) => ({ change: `accelerator ${id}`, request: { ...request, accelerator: { id } } }));
};
