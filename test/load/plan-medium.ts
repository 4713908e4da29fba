import type { PlanRequest } from "@headroom/core";
import { defaultBackends, planFleet } from "@headroom/solver";
import { catalogOf, seeded, skyPilot2024, weeklyService } from "../bench/fleet-cases.ts";

/** The benchmark's M by itself in a process: three services with three classes, 168 hours, the 2024 snapshot. Prints what is asserted. */
const random = seeded(2);
const services: PlanRequest["services"] = Array.from({ length: 3 }, (_, index) => weeklyService(index, 4000 * (1 + 0.1 * index), random));
const outcome = await planFleet(
  { request: { services }, catalog: catalogOf(await skyPilot2024()), version: "load", newId: () => "plan_load" },
  { backends: defaultBackends, nowMs: () => performance.now() },
);
if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
const { gap, verified } = outcome.value.proof;
console.log(JSON.stringify({ gap, verified, mostResidentMib: process.resourceUsage().maxRSS / 1024 }));
