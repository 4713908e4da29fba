import { enumerateCandidates } from "@headroom/core";
import { defaultBackends, solveMonolith } from "@headroom/solver";
import { sizes } from "./fleet-cases.ts";
import { planOnce } from "./median-run.ts";

/** A process of its own: the monolith of one size, whose news goes to the parent until it ends or is ended. */
const [name, limit] = process.argv.slice(2);
const asked = (await sizes()).find((size) => size.name === name);
if (!asked || !process.send) throw new Error("the benchmark of fleets starts this with the name of a size");

// A plan before it, so that candidates and formulation are as warm as ours.
await planOnce(asked);
await solveMonolith(
  { ...asked, limitSeconds: Number(limit), enumerate: enumerateCandidates, tell: (news) => process.send?.(news) },
  { backends: defaultBackends, nowMs: () => performance.now() },
);
process.disconnect();
