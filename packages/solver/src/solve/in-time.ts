import type { Backend } from "../backends/backend.ts";
import type { SolveTools } from "./solve-tools.ts";

/** What a program gets where the time is over: enough to begin, so that what is nearly done is not lost. */
const leastSeconds = 0.05;

/** The same tools, whose large backend gets no program more time than is left until `endMs` of their clock. */
export const inTime = (tools: SolveTools, endMs: number): SolveTools => ({
  ...tools,
  backends: { ...tools.backends, large: async () => hurried(await tools.backends.large(), tools, endMs) },
});

const hurried = (backend: Backend, { nowMs }: SolveTools, endMs: number): Backend => ({
  ...backend,
  solve: (program, limits) =>
    backend.solve(program, {
      ...limits,
      timeLimitSeconds: Math.max(leastSeconds, Math.min(limits.timeLimitSeconds, (endMs - nowMs()) / 1000)),
    }),
});
