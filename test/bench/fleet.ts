import { cpus } from "node:os";
import { enumerateCandidates, type PlanRequest } from "@headroom/core";
import { defaultBackends, type Monolith, planFleet, solveMonolith } from "@headroom/solver";
import { bundled, catalogOf, dailyService, type FleetCase, seeded, skyPilot2024, together, weeklyService } from "./fleet-cases.ts";

/**
 * `tsx test/bench/fleet.ts`: three sizes on the real catalogs, each beside the one monolithic program given to HiGHS with the
 * same limit, and how the time grows with offers, hours and services. Seeds are fixed. `--quick` leaves the monolith out.
 */
const quick = process.argv.includes("--quick");

const now = () => performance.now();
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

const services = (count: number, peak: number, seed: number): PlanRequest["services"] => {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => weeklyService(index, peak * (1 + 0.1 * index), random));
};

const training = (name: string, tokens: number): NonNullable<PlanRequest["trainingJobs"]>[number] => ({
  name,
  model: { id: "meta-llama/Llama-3.1-8B" },
  sequenceLength: 4096,
  microBatchSize: 1,
  globalBatchSize: 512,
  tokens,
  deadlineDays: 7,
});

const cases = async (): Promise<readonly FleetCase[]> => {
  const snapshot = await skyPilot2024();
  return [
    { name: "S", limitSeconds: 0.3, catalog: catalogOf(bundled()), request: { services: [dailyService(4000, seeded(1))] } },
    { name: "M", limitSeconds: 2, catalog: catalogOf(snapshot), request: { services: services(3, 4000, 2) } },
    {
      name: "L",
      limitSeconds: 10,
      catalog: catalogOf(together([bundled(), snapshot])),
      request: { services: services(10, 4000, 3), trainingJobs: [training("tune", 2e9), training("adapt", 8e9)] },
    },
  ];
};

interface Run {
  readonly totalMs: number;
  readonly stages: ReadonlyMap<string, number>;
  readonly cost: number;
  readonly gap: number | null;
}

const run = async ({ request, catalog }: Pick<FleetCase, "request" | "catalog">): Promise<Run> => {
  const stages = new Map<string, number>();
  const startedMs = now();
  const outcome = await planFleet(
    { request, catalog, version: "bench", newId: () => "plan_bench" },
    { backends: defaultBackends, nowMs: now, onStage: (stage, ms) => stages.set(stage, ms) },
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  const { cost, proof } = outcome.value;
  return { totalMs: now() - startedMs, stages, cost: Number(cost?.usdPerHour), gap: proof.gap };
};

/** The whole week as one program, for as many seconds as ours took times `factor`. */
const monolith = async ({ request, catalog }: FleetCase, limitSeconds: number): Promise<Monolith> =>
  solveMonolith({ request, catalog, limitSeconds, enumerate: enumerateCandidates }, { backends: defaultBackends, nowMs: now });

console.log(`${cpus()[0]?.model.trim()}, Node ${process.version}, one core`);
for (const asked of await cases()) {
  await run(asked);
  const ours = await run(asked);
  const stages = [...ours.stages].map(([stage, ms]) => `${stage} ${seconds(ms)}`).join(", ");
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(
    `${asked.name}: ${asked.catalog.offers.length} offers, ${seconds(ours.totalMs)} (bar ${asked.limitSeconds} s; ${stages}), ` +
      `${ours.cost.toFixed(2)} USD/h, gap ${((ours.gap ?? Number.NaN) * 100).toFixed(3)} % (bar 0.5), ${memory} MiB`,
  );
  if (quick) continue;
  const solveMs = ours.stages.get("solve") ?? 0;
  const whole = await monolith(asked, Math.min(60, Math.max(1, (20 * solveMs) / 1000)));
  console.log(
    `   monolith: ${whole.integers} whole variables, ${seconds(whole.ms)}: ${whole.cost === undefined ? "no plan" : `${whole.cost.toFixed(2)} USD/h`}, ` +
      `ours ${whole.cost === undefined ? "alone" : whole.cost >= ours.cost - 1e-6 ? "not dearer" : `${((ours.cost / whole.cost - 1) * 100).toFixed(3)} % dearer`}`,
  );
}

const growth = async (
  what: string,
  sizes: readonly number[],
  build: (size: number) => Pick<FleetCase, "request" | "catalog">,
): Promise<void> => {
  const times: string[] = [];
  for (const size of sizes) times.push(`${size}: ${seconds((await run(build(size))).totalMs)}`);
  console.log(`time against ${what}: ${times.join(", ")}`);
};

const snapshot = await skyPilot2024();
await growth("services", [1, 2, 4, 8], (size) => ({ request: { services: services(size, 1000, 4) }, catalog: catalogOf(snapshot) }));
await growth("offers", [400, 800, 1600, 3200], (size) => ({
  request: { services: services(2, 1000, 5) },
  catalog: catalogOf({
    ...snapshot,
    offers: snapshot.offers.filter((_, index) => index % Math.max(1, Math.floor(snapshot.offers.length / size)) === 0),
  }),
}));
