/** Every value that changes an answer and that a request may leave out. Answers print them under `assumptions`. */

export const defaultEngine = {
  name: "vllm",
  /** Share of the accelerator's memory, as vLLM and SGLang count it. */
  gpuMemoryUtilization: 0.9,
  maxNumSeqs: 256,
  maxNumBatchedTokens: 8192,
} as const;

export const defaultNodeSize = 8;

export const defaultPercentile = 95;

export const defaultPurchase = {
  capacityTypes: ["on-demand", "spot", "reserved"],
  /** Of the accelerators in any hour: at least half must be there whatever the spot market does. */
  spotMaxShare: 0.5,
  horizonHours: 8760,
  survive: "nothing",
  shareInstances: true,
  stages: "monthly",
} as const;

/** Of owned servers: industry power in the US, a new site's PUE, colocation as CBRE lists it; the other fields are the caller's. */
export const defaultOwnership = {
  depreciationYears: 5,
  powerUsdPerKwh: 0.08,
  pue: 1.3,
  colocationUsdPerKwMonth: 184,
  operationsUsdPerServerMonth: 0,
  maintenanceShare: 0,
  modelUpdateUsdPerYear: 0,
  /** Power of a server over that of its accelerators: DGX H100 10.2 kW for 8 × 700 W, DGX B200 14.3 kW for 8 × 1,000 W. */
  serverPowerFactor: 1.8,
} as const;

/**
 * Bytes that leave a provider for one output token. Sent whole: four to five bytes of text. Streamed: one server-sent event of the
 * OpenAI API for each token (about 240 bytes of JSON) in an HTTP chunk and a TLS record of its own.
 */
export const defaultSurcharges = { bytesPerTokenSentWhole: 5, bytesPerTokenStreamed: 300 } as const;

export const defaultLimits = { gap: 0.001, timeLimitSeconds: 10 } as const;

/** Values that a frontier takes on each axis. */
export const defaultFrontier = {
  "latency-target": [0.5, 0.75, 1, 1.5, 2],
  "spot-share": [0, 0.25, 0.5, 0.75, 1],
  commitment: ["none", "1y", "3y", "both"],
  horizon: [730, 4380, 8760, 26_280],
} as const;

/** P90 of demand over the request's own, which counts as P50: an assumption for whoever has no forecast, not a measurement. */
export const defaultDemandP90Factor = 1.3;

/** Headroom for load that the mean does not show: a replica is planned at this share of its ceiling. */
export const plannedLoadShare = 0.9;

/**
 * Spot instances lost per instance-hour and the hours until a replacement serves.
 * The hazard is the middle of the range seen for older GPUs (0.05 to 0.75, research of 2023 traces); no open data for H100 exist.
 */
export const defaultSpot = { hazardPerHour: 0.23, replacementHours: 0.25 } as const;

/**
 * A job on the idle hours of a service's commitment: hours of each stretch in which the one model makes way for the other, twice as
 * long as a replacement of a spot instance takes to serve, and the shortest stretch for which that is done at all.
 */
export const defaultIdleUse = { changeoverHours: 2 * defaultSpot.replacementHours, leastStretchHours: 2 } as const;

/** What a training request may leave out. */
export const defaultTraining = {
  method: "full",
  loraRank: 16,
  precision: "bf16-mixed",
  optimizer: "adamw",
  shard: "zero-1",
  recompute: "selective",
  gradientBits: 16,
} as const;
