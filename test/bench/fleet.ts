import { cpus } from "node:os";
import { enumerateCandidates, type PlanRequest } from "@headroom/core";
import { defaultBackends, type Monolith, planFleet, solveMonolith } from "@headroom/solver";
import { bundled, catalogOf, dailyService, type FleetCase, seeded, skyPilot2024, together, weeklyService } from "./fleet-cases.ts";

/**
 * `tsx test/bench/fleet.ts`: three sizes on the real catalogs, each beside the one monolithic program given to HiGHS with the same
 * limit and with 20 times the time that our solve took, and how the time grows with offers, hours and services. Seeds are fixed,
 * times are medians. `--quick` runs each size once and leaves the monolith out; `--cap=600` is the most seconds a monolith gets;
 * `--only=L` runs one size and no growth. What a full run printed stands in docs/benchmark.md.
 */
const quick = process.argv.includes("--quick");
const optionOf = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const capSeconds = Number(optionOf("cap") ?? 600);
const only = optionOf("only");
const rounds = quick ? 1 : 5;

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

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** After one run that does not count: each time by itself the median of several. */
const medianRun = async (asked: FleetCase): Promise<Run & { readonly leastMs: number }> => {
  await run(asked);
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await run(asked));
  const [first] = runs as [Run, ...Run[]];
  const stages = new Map([...first.stages.keys()].map((stage) => [stage, median(runs.map((each) => each.stages.get(stage) ?? 0))]));
  const times = runs.map(({ totalMs }) => totalMs);
  return { ...first, stages, totalMs: median(times), leastMs: Math.min(...times) };
};

/** So many times our solve's time the monolith gets. */
const generous = 20;

/** The whole week as one program: with the plan's own limit, and with 20 times what our solve took. */
const besideMonolith = async (asked: FleetCase, ours: Run): Promise<void> => {
  const solveSeconds = (ours.stages.get("solve") ?? 0) / 1000;
  const limits = [
    { what: "the same limit", limitSeconds: asked.limitSeconds },
    { what: `${generous} times our solve`, limitSeconds: Math.min(capSeconds, generous * solveSeconds) },
  ];
  for (const { what, limitSeconds } of limits) {
    const whole: Monolith = await solveMonolith(
      { ...asked, limitSeconds, enumerate: enumerateCandidates },
      { backends: defaultBackends, nowMs: now },
    );
    const capped = limitSeconds === capSeconds && generous * solveSeconds > capSeconds ? `, capped at ${capSeconds} s` : "";
    console.log(`   monolith with ${what}${capped}: ${whole.integers} whole variables, ${seconds(whole.ms)}, ${besideOurs(ours, whole)}`);
  }
};

/** How many times sooner we had a plan at most as dear as the monolith's when it ended. */
const besideOurs = (ours: Run, { cost, ms }: Monolith): string => {
  if (cost === undefined) return "no plan: ours alone";
  const factor = ms / (ours.stages.get("solve") ?? ms);
  const dearer = (100 * (cost / ours.cost - 1)).toFixed(3);
  return cost >= ours.cost - 1e-6
    ? `${cost.toFixed(2)} USD/h, ${dearer} % above ours, which stood ${factor.toFixed(1)} times sooner`
    : `${cost.toFixed(2)} USD/h, ${dearer} % below ours`;
};

console.log(`${cpus()[0]?.model.trim()}, Node ${process.version}, one core, median of ${rounds}`);
for (const asked of await cases()) {
  if (only !== undefined && asked.name !== only) continue;
  const ours = await medianRun(asked);
  const stages = [...ours.stages].map(([stage, ms]) => `${stage} ${seconds(ms)}`).join(", ");
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${asked.name}: ${asked.catalog.offers.length} offers, ${seconds(ours.totalMs)}, least ${seconds(ours.leastMs)} ` +
      `(bar ${asked.limitSeconds} s; ${stages}), ${ours.cost.toFixed(2)} USD/h, gap ${((ours.gap ?? Number.NaN) * 100).toFixed(3)} % ` +
      `(bar 0.5), at most ${memory} MiB so far (bar 1024)`,
  );
  if (!quick && asked.name !== "S") await besideMonolith(asked, ours);
}

const growth = async (
  what: string,
  sizes: readonly number[],
  build: (size: number) => Pick<FleetCase, "request" | "catalog">,
): Promise<void> => {
  const times: string[] = [];
  for (const size of sizes) times.push(`${size}: ${seconds((await medianRun({ name: what, limitSeconds: 10, ...build(size) })).totalMs)}`);
  console.log(`time against ${what}: ${times.join(", ")}`);
};

/** The first hours of each week again and again. */
const repeating = (hours: number, needs: PlanRequest["services"]): PlanRequest["services"] =>
  needs.map((service) => {
    const rate = service.demand.requestRatePerSecond;
    const week = typeof rate === "object" && "hourOfWeek" in rate ? rate.hourOfWeek : [];
    return {
      ...service,
      demand: { ...service.demand, requestRatePerSecond: { hourOfWeek: week.map((_, hour) => week[(8 + (hour % hours)) % 168] ?? 0) } },
    };
  });

if (only === undefined) {
  const snapshot = await skyPilot2024();
  await growth("services", [1, 2, 4, 8], (size) => ({ request: { services: services(size, 1000, 4) }, catalog: catalogOf(snapshot) }));
  await growth("hours", [1, 24, 72, 168], (size) => ({
    request: { services: repeating(size, services(2, 1000, 6)) },
    catalog: catalogOf(snapshot),
  }));
  await growth("offers", [400, 800, 1600, 3200], (size) => ({
    request: { services: services(2, 1000, 5) },
    catalog: catalogOf({
      ...snapshot,
      offers: snapshot.offers.filter((_, index) => index % Math.max(1, Math.floor(snapshot.offers.length / size)) === 0),
    }),
  }));
}
