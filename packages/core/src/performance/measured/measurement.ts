/** One run of a benchmark against a server, in the contract's terms. What a tool does not say is absent. */
export interface ServingMeasurement {
  readonly tool: "vllm" | "sglang" | "guidellm" | "aiperf";
  readonly modelId: string | undefined;
  /** Means over the requests of the run. */
  readonly islTokens: number;
  readonly oslTokens: number;
  readonly concurrency: number | undefined;
  readonly requestRatePerSecond: number | undefined;
  readonly requests: number | undefined;
  readonly meanTtftMs: number | undefined;
  readonly meanTpotMs: number | undefined;
  readonly outputTokensPerSecond: number | undefined;
}
