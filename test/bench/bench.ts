import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { bundledCatalog } from "@headroom/catalog";
import { estimatePerformance, type MemoryRequest, memoryWithSpeedCosts, type PerformanceRequest, type PlanRequest } from "@headroom/core";
import { defaultBackends, planFleet } from "@headroom/solver";

/** `npm run bench`: estimates per second on one core, and the golden knowledge base part by part. Medians of several rounds. */

const rounds = 7;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** How often `work` runs in a second: the median over rounds of half a second, after one round that does not count. */
const perSecond = (work: (turn: number) => void): number => {
  const rate = () => {
    const startedMs = performance.now();
    let turns = 0;
    while (performance.now() - startedMs < 500) for (let batch = 0; batch < 50; batch++) work(turns++);
    return (turns * 1000) / (performance.now() - startedMs);
  };
  rate();
  return median(Array.from({ length: rounds }, rate));
};

const models = ["deepseek-ai/DeepSeek-V3", "meta-llama/Llama-3.1-70B", "Qwen/Qwen3-30B-A3B", "meta-llama/Llama-3.1-8B"];
const modelOf = (turn: number) => ({ id: models[turn % models.length] ?? "" });

const memoryOf = (turn: number): MemoryRequest => ({
  model: modelOf(turn),
  accelerator: { id: "h200" },
  layout: { tensorParallelSize: 8 },
  engine: { maxModelLen: 1024 + (turn % 64) },
});

const performanceOf = (turn: number): PerformanceRequest => ({
  model: modelOf(turn),
  accelerator: { id: "h200" },
  layout: { tensorParallelSize: 8 },
  workload: { islTokens: 1024, oslTokens: 256 + (turn % 64), concurrency: 1 + (turn % 128) },
});

const request: PlanRequest = JSON.parse(readFileSync(new URL("../golden/knowledge-base/request.json", import.meta.url), "utf8"));

const planStages = async (): Promise<Map<string, number>> => {
  const stages = new Map<string, number>();
  const onStage = (stage: string, milliseconds: number) => stages.set(stage, milliseconds);
  const startedMs = performance.now();
  const catalog = bundledCatalog();
  onStage("read the catalog", performance.now() - startedMs);
  const tools = { backends: defaultBackends, nowMs: () => performance.now(), onStage };
  await planFleet({ request, catalog, version: "bench", newId: () => "plan_bench" }, tools);
  return stages.set("together", performance.now() - startedMs);
};

console.log(`${cpus()[0]?.model.trim()}, Node ${process.version}, one core`);
console.log(`memory estimates       ${Math.round(perSecond((turn) => memoryWithSpeedCosts(memoryOf(turn)))).toLocaleString("en-US")} / s`);
console.log(
  `performance estimates  ${Math.round(perSecond((turn) => estimatePerformance(performanceOf(turn)))).toLocaleString("en-US")} / s`,
);

const first = await planStages();
console.log(`knowledge base, first plan of a process (HiGHS is loaded)  ${(first.get("together") ?? 0).toFixed(0)} ms`);
const later = [];
for (let round = 0; round < rounds; round++) later.push(await planStages());
for (const stage of first.keys())
  console.log(`  ${stage.padEnd(18)} ${median(later.map((stages) => stages.get(stage) ?? 0)).toFixed(1)} ms`);
