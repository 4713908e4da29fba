import { type Answer, headroomClient } from "@headroom/client";
import type { ImportedMeasurements } from "@headroom/core";
import { defineCommand } from "citty";
import { measurementImportRequest } from "./measurement-import-request.ts";
import { localMeasurementsDoor, type MeasurementsDoor, serverMeasurementsDoor } from "./measurements-door.ts";
import { alignColumns } from "./render/align-columns.ts";

const server = {
  type: "string",
  description: "address of a Headroom API that keeps them instead of this machine",
  valueHint: "URL",
} as const;
const json = { type: "boolean", description: "print JSON on a terminal too" } as const;

const importCommand = defineCommand({
  meta: { name: "import", description: "Import a benchmark's result file: vLLM bench serve, SGLang, GuideLLM or AIPerf" },
  args: {
    file: { type: "positional", required: true, description: "the file that the benchmark wrote" },
    model: { type: "string", required: true, description: "a bundled model's id, or the file of its config.json" },
    accelerator: { type: "string", required: true, description: "what it ran on", valueHint: "h100-sxm" },
    format: { type: "string", description: "vllm-bench-serve, sglang-bench, guidellm or aiperf; else recognised" },
    "tensor-parallel": { type: "string", valueHint: "1" },
    "pipeline-parallel": { type: "string", valueHint: "1" },
    "data-parallel": { type: "string", valueHint: "1" },
    "expert-parallel": { type: "boolean" },
    engine: { type: "string", description: "else the one whose benchmark it is", valueHint: "vllm" },
    "engine-version": { type: "string", valueHint: "0.19" },
    weights: { type: "string", description: "the weights' format, else the config's", valueHint: "fp8" },
    "kv-cache": { type: "string", valueHint: "fp8" },
    concurrency: { type: "string", description: "where the file does not say the load" },
    "request-rate": { type: "string", description: "the same, in requests a second" },
    server,
    json,
  },
  run: async ({ args }) => {
    const { "expert-parallel": expertParallel } = args;
    const request = measurementImportRequest({
      ...args,
      tensorParallel: args["tensor-parallel"],
      pipelineParallel: args["pipeline-parallel"],
      dataParallel: args["data-parallel"],
      expertParallel,
      engineVersion: args["engine-version"],
      kvCache: args["kv-cache"],
      requestRate: args["request-rate"],
    });
    answer(await doorOf(args.server).import(request), args.json === true, importText);
  },
});

const listCommand = defineCommand({
  meta: { name: "list", description: "What was measured and imported, the last first" },
  args: { server, json },
  run: async ({ args }) => answer(await doorOf(args.server).list(), args.json === true, runsText),
});

const removeCommand = defineCommand({
  meta: { name: "remove", description: "Forget a measurement" },
  args: { id: { type: "positional", required: true, description: "as it is listed" }, server },
  run: async ({ args }) => answer(await doorOf(args.server).remove(args.id), false, () => `${args.id} is forgotten`),
});

export const measurementsCommand = defineCommand({
  meta: { name: "measurements", description: "Import, list and forget benchmarks of your own: they correct what performance says" },
  subCommands: { import: importCommand, list: listCommand, remove: removeCommand },
});

const doorOf = (address: string | undefined): MeasurementsDoor =>
  address ? serverMeasurementsDoor(headroomClient({ baseUrl: address })) : localMeasurementsDoor;

/** Like every answer: text on a terminal, else JSON; a refusal ends with 2, a silent server with 1. */
const answer = <T>(answered: Answer<T>, asJson: boolean, text: (value: T) => string): void => {
  const asText = process.stdout.isTTY === true && !asJson;
  if (answered.ok) {
    process.stdout.write(`${asText || answered.value === undefined ? text(answered.value) : JSON.stringify(answered.value)}\n`);
    return;
  }
  if (answered.kind === "network") {
    process.stderr.write(`the server did not answer: ${answered.detail}\n`);
    process.exitCode = 1;
    return;
  }
  if (asText) process.stderr.write(`${answered.problem.detail ?? answered.problem.title}\n`);
  else process.stdout.write(`${JSON.stringify({ error: answered.problem })}\n`);
  process.exitCode = 2;
};

const importText = ({ measurements, alreadyThere, refused }: ImportedMeasurements): string =>
  [
    `${measurements.length - alreadyThere} measurements kept, ${alreadyThere} were there before:`,
    runsText(measurements),
    ...(refused.length === 0 ? [] : [`${refused.length} runs refused:`]),
    ...refused.flatMap(({ row, errors }) => errors.map(({ pointer, detail }) => `  run ${row}: ${pointer} ${detail}`)),
  ].join("\n");

const runsText = (runs: ImportedMeasurements["measurements"]): string =>
  alignColumns([
    ["id", "model", "accelerator", "input", "output", "load", "TTFT ms", "TPOT ms", "tokens/s", "from"],
    ...runs.map((run) => [
      run.id,
      run.model,
      run.accelerator,
      String(run.islTokens),
      String(run.oslTokens),
      run.concurrency === undefined ? `${run.requestRatePerSecond}/s` : `${run.concurrency} clients`,
      run.ttftMs?.toFixed(1) ?? "-",
      run.tpotMs?.toFixed(2) ?? "-",
      run.outputTokensPerSecond.toFixed(0),
      run.source,
    ]),
  ]);
