/** What holds where a field is left empty, as the field says it; a test holds them to the planner's own defaults. */
export const statedDefaults = {
  gpuMemoryUtilization: "0.9",
  maxNumSeqs: "256",
  maxNumBatchedTokens: "8192",
  percentile: "95",
  spotMaxSharePercent: "50",
  horizonHours: "8760",
  gapPercent: "0.1",
  timeLimitSeconds: "10",
} as const;
