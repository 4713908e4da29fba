import type { CatalogDocument, Mix, MixRequest, Outcome, Plan, PlanRequest, ServiceMix } from "@headroom/core";
import { defaultLimits } from "@headroom/core";
import { Piscina } from "piscina";
import { isOutOfMemory } from "./out-of-memory.ts";
import { SolveAborted, SolveTooLarge } from "./solve-aborted.ts";
import type { SolverAnswer, SolverTask } from "./solver-thread.ts";

export { SolveAborted, SolveTooLarge } from "./solve-aborted.ts";

/** Solves in threads of their own, so that whoever asks stays responsive, and ends a solve that will not end itself. */
export interface SolverThreads {
  readonly plan: (request: PlanRequest, catalog: CatalogDocument, signal?: AbortSignal) => Promise<Outcome<Plan>>;
  readonly mix: (request: MixRequest, signal?: AbortSignal) => Promise<Outcome<Mix | ServiceMix>>;
  readonly close: () => Promise<void>;
}

export interface SolverThreadsOptions {
  /** The built `solver-thread` module. */
  readonly filename: string;
  readonly threads: number;
  /** Of Headroom, for the plan's input hash. */
  readonly version: string;
  /** Of one thread: so much for JavaScript, and as much again for WebAssembly. Absent: 1,024. */
  readonly memoryMib?: number | undefined;
}

/** A solve that outlives its own limit by this much is killed with its thread. */
const graceSeconds = 5;

const defaultMemoryMib = 1024;

export const solverThreads = ({ filename, threads, version, memoryMib = defaultMemoryMib }: SolverThreadsOptions): SolverThreads => {
  const pool = new Piscina<SolverTask, SolverAnswer>({
    filename,
    name: "solve",
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: memoryMib },
  });
  // A thread that breaks while it solves nothing is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => undefined);
  const run = async (task: SolverTask, limitSeconds: number, signal: AbortSignal | undefined): Promise<SolverAnswer> => {
    const timeout = AbortSignal.timeout((limitSeconds + graceSeconds) * 1000);
    const ended = signal ? AbortSignal.any([signal, timeout]) : timeout;
    try {
      return await pool.run(task, { signal: ended });
    } catch (error) {
      if (ended.aborted)
        throw new SolveAborted(
          signal?.aborted ? "the solve was cancelled" : `the solve did not end within ${limitSeconds} s and was stopped`,
        );
      if (isOutOfMemory(error)) throw new SolveTooLarge(`the solve needs more than the ${memoryMib} MiB of memory that it may have`);
      throw error;
    }
  };
  return {
    plan: async (request, catalog, signal) => {
      const limitSeconds = request.limits?.timeLimitSeconds ?? defaultLimits.timeLimitSeconds;
      return (await run({ kind: "plan", request, catalog, version }, limitSeconds, signal)) as Outcome<Plan>;
    },
    mix: async (request, signal) =>
      (await run({ kind: "mix", request }, defaultLimits.timeLimitSeconds, signal)) as Outcome<Mix | ServiceMix>,
    close: () => pool.destroy(),
  };
};
