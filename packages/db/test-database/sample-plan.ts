import { randomUUID } from "node:crypto";
import { type CatalogDocument, formatUsd, lineCostAtWork, type Plan, type PlanLine, type PlanRequest, usd } from "@headroom/core";

/** A request for one small service; a test states only what matters to it. */
export const sampleRequest = (changes: Partial<PlanRequest> = {}): PlanRequest => ({
  services: [
    {
      name: "chat",
      model: { id: "meta-llama/Llama-3.1-8B" },
      demand: { classes: [{ name: "all", islTokens: 1000, oslTokens: 200, share: 1 }], requestRatePerSecond: 2 },
      slo: { ttftMs: 2000 },
    },
  ],
  ...changes,
});

/** A catalog of one instance type with one on-demand offer for each given price. */
export const sampleCatalog = ({
  id = "test-2026-07-30",
  asOf = "2026-07-30",
  prices = { a: "4.00" },
}: {
  id?: string;
  asOf?: string;
  prices?: Readonly<Record<string, string>>;
} = {}): CatalogDocument => ({
  id,
  asOf,
  description: "Made for a test.",
  instanceTypes: [{ provider: "acme", name: "gpu-1", accelerator: "h100-sxm", accelerators: 1, network: "ethernet", source: "test" }],
  offers: Object.entries(prices).map(([offer, usdPerInstanceHour]) => ({
    id: offer,
    provider: "acme",
    instanceType: "gpu-1",
    region: `region-${offer}`,
    capacityType: "on-demand",
    usdPerInstanceHour,
    trust: "list",
    source: "test",
    date: asOf,
  })),
  notForSale: [],
});

const memory = { visibleGib: 79, budgetGib: 71, weightsGib: 15, activationGib: 1, runtimeGib: 2, kvCacheGib: 53, freeGib: 0 };

export const sampleLine = (changes: Partial<PlanLine> = {}): PlanLine => {
  const line: PlanLine = {
    for: "chat",
    offerId: "a",
    provider: "acme",
    region: "region-a",
    instanceType: "gpu-1",
    accelerator: "h100-sxm",
    acceleratorsPerInstance: 1,
    capacityType: "on-demand",
    usdPerInstanceHour: "4.00",
    priceTrust: "list",
    priceSource: "test",
    priceDate: "2026-07-30",
    instances: 1,
    replicas: 1,
    instancesPerReplica: 1,
    replicasPerInstance: 1,
    layout: { tensorParallelSize: 1, pipelineParallelSize: 1, dataParallelSize: 1, expertParallel: false },
    precision: { weights: "bf16", kvCache: "bf16" },
    engine: { name: "vllm", gpuMemoryUtilization: 0.9, maxModelLen: 8192, maxNumSeqs: 256, maxNumBatchedTokens: 8192 },
    memory,
    predicted: {
      percentile: 95,
      ttftMs: 100,
      tpotMs: 10,
      tpotMsInterval: [7.5, 13.5],
      requestLatencyMs: 2100,
      requestsInFlightPerReplica: 4,
      maxRequestsInFlightPerReplica: { all: 10 },
      requestsPerSecondPerReplica: { all: 4 },
      source: "roofline",
    },
    needs: { storageGib: 20, hostMemoryGib: 20, network: "none" },
    usdPerHour: "0.00",
    ...changes,
  };
  return { ...line, usdPerHour: formatUsd(lineCostAtWork(line)) };
};

export const samplePlan = ({ lines = [sampleLine()], ...changes }: Partial<Plan> = {}): Plan => {
  const usdPerHour = formatUsd(lines.reduce((sum, line) => (sum + usd(line.usdPerHour)) as typeof sum, usd(0)));
  return {
    id: `plan_${randomUUID()}`,
    status: "optimal",
    catalog: "test-2026-07-30",
    catalogAsOf: "2026-07-30",
    version: "0.1.0",
    inputHash: "0".repeat(64),
    cost: {
      usdPerHour,
      usdPerMonth: "0.00",
      usdHorizon: "0.00",
      usdUpfront: "0.00",
      usdCommittedBeyondHorizon: "0.00",
      byCapacityType: { "on-demand": usdPerHour },
      usdPerMillionOutputTokens: {},
    },
    lines,
    routing: [],
    demandMet: [],
    proof: { lowerBoundUsdPerHour: usdPerHour, gap: 0, verified: true, backend: "highs", seconds: 0.1, checks: [] },
    explanation: {
      text: [],
      bindingConstraints: [],
      runnersUp: [],
      rejections: [],
      baselines: { onDemandOnly: null, cheapestSingleType: null, allReserved: null, popularRule: null },
      throughputMayFallBy: null,
    },
    assumptions: {},
    request: sampleRequest(),
    offers: [],
    ...changes,
  };
};
