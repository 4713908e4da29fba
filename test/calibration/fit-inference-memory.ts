import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { poolBandUnit } from "@headroom/core";
import { sharedPath } from "../shared-data.ts";
import { measuredMemory, peakRows, poolRows, sequenceRows } from "../truth/inference-memory-rows.ts";
import { numberIn } from "../truth/read-truth.ts";
import { type FittedPart, fitFlashInfer, fitForward, fitSampler, fitSglang, fitTensorrt } from "./inference-memory/fit-parts.ts";
import { fitTransformers } from "./inference-memory/fit-transformers.ts";
import { featuresOf, type MemoryFeatures } from "./inference-memory/memory-features.ts";

/**
 * Fits what engines need beside weights and cache, part by part, and writes packages/core/src/memory/data/inference-overhead.ts.
 *
 *   node_modules/.bin/tsx test/calibration/fit-inference-memory.ts
 *
 * Run twice after a change of a formula: the band is read from the errors that the written coefficients leave.
 */

const source = "truth/memory-inference.csv";
const target = fileURLToPath(new URL("../../packages/core/src/memory/data/inference-overhead.ts", import.meta.url));

/** A normal error lies within this many standard deviations four times of five. */
const normalQuantile80 = 1.2816;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
};

const places = (value: number, digits: number): number => Number(value.toFixed(digits));

const known = (rows: readonly ReturnType<typeof featuresOf>[]): MemoryFeatures[] => rows.flatMap((features) => features ?? []);

const pools = known(poolRows().map(featuresOf));
const v1 = pools.filter(({ assessed: { engine } }) => engine.name === "vllm" && engine.version !== undefined);
const nonTorch = (ranks: number) =>
  v1.flatMap((features) => (features.ranks === ranks ? (numberIn(features.row, "non_torch_gib") ?? []) : []));

const processGib = places(median(nonTorch(1)), 2);
const peersGib = places(median(nonTorch(2)) - processGib, 2);
const sampler = fitSampler(pools);
const forward = fitForward(pools);
const [sortBytes = 0, keptCopies = 0] = sampler.coefficients;
const flashInfer = fitFlashInfer(v1, keptCopies);
const sglangPeersGib = 0.6;
const sglang = fitSglang(pools, sglangPeersGib * 1.5);
const tensorrt = fitTensorrt(known(sequenceRows().map(featuresOf)));
const transformers = fitTransformers(peakRows());

/** Root mean square of the pool's errors, in units of its band, times the 80 % quantile of a normal error. */
const bandUnits = (hasRelease: boolean): number => {
  const squares = pools.flatMap(({ row, assessed: { memory, engine } }) => {
    const measured = numberIn(row, "kv_mem_gib_per_gpu") ?? 0;
    if (measured <= 0 || (engine.version !== undefined) !== hasRelease) return [];
    const error = memory.kvCacheBytes + memory.freeBytes - measured * 2 ** 30;
    return [(error / poolBandUnit({ visibleBytes: memory.visibleBytes, overhead: memory })) ** 2];
  });
  return places(normalQuantile80 * Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length), 1);
};

const band = { releaseStated: bandUnits(true), releaseNotStated: bandUnits(false) };
const [logitBytes = 0, scoreBytes = 0] = transformers.coefficients;
const [tensorrtProcess = 0, tensorrtPeers = 0, tensorrtForward = 0, tensorrtShare = 0] = tensorrt.coefficients;
const hash = createHash("sha256")
  .update(readFileSync(sharedPath(source)))
  .digest("hex");

writeFileSync(
  target,
  `/**
 * Written by test/calibration/fit-inference-memory.ts from ${source}
 * (sha256 ${hash}), 2026-11-25. Rows: ${sampler.rows} sampler, ${forward.rows} forward, ${flashInfer.rows} FlashInfer,
 * ${sglang.rows} SGLang, ${tensorrt.rows} TensorRT-LLM, ${transformers.rows} transformers.
 *
 * Not fitted, for want of rows: triton (12 B beyond F32 logits, the table of vllm#32558), graphs (middles of the ranges seen:
 * -1 to 2.5 GiB on H200, 0.5 to 2.5 on B200, 2.6 to 9 on MI300X), SGLang's collectives and sampler.
 */
export const inferenceOverhead = {
  vllm: {
    samplerBytes: { sort: ${places(sortBytes, 1)}, triton: 16, flashinfer: ${places(flashInfer.coefficients[0] ?? 0, 1)} },
    keptCopies: ${places(keptCopies, 2)},
    forwardShare: ${places(forward.coefficients[0] ?? 0, 2)},
    processGib: ${processGib},
    peersGib: ${peersGib},
  },
  sglang: { processGib: ${places(sglang.coefficients[0] ?? 0, 2)}, peersGib: ${sglangPeersGib}, samplerBytes: 16 },
  tensorrtLlm: {
    processGib: ${places(tensorrtProcess, 2)},
    memoryShare: ${places(tensorrtShare, 4)},
    peersGib: ${places(tensorrtPeers, 2)},
    forwardCopies: ${places(tensorrtForward, 2)},
  },
  transformers: { processGib: 0.5, logitBytes: ${places(logitBytes, 1)}, scoreBytes: ${places(scoreBytes, 1)} },
  graphsGib: { hopper: 0.5, blackwell: 1.2, cdna3: 4.8, cdna4: 4.8, other: 0.5 },
  poolBandUnits: { releaseStated: ${band.releaseStated}, releaseNotStated: ${band.releaseNotStated} },
} as const;
`,
);

const report = (name: string, part: FittedPart) =>
  console.log(
    `${name.padEnd(14)} n ${String(part.rows).padStart(2)}  left-out error ${part.leftOutGib.toFixed(2)} GiB  ${part.coefficients.map((value) => value.toFixed(3)).join(" ")}`,
  );
report("sampler", sampler);
report("forward", forward);
report("FlashInfer", flashInfer);
report("SGLang", sglang);
report("TensorRT-LLM", tensorrt);
report("transformers", transformers);
console.log(
  `process ${processGib} GiB, peers ${peersGib} GiB, band ± ${band.releaseStated} units, ± ${band.releaseNotStated} where no release is stated`,
);
for (const quantity of new Set(measuredMemory().map((figure) => figure.quantity))) {
  const errors = measuredMemory().flatMap((figure) =>
    figure.quantity === quantity && figure.predicted !== undefined ? [Math.abs(figure.predicted / figure.measured - 1)] : [],
  );
  console.log(`${quantity.padEnd(36)} n ${errors.length}  median ${(median(errors) * 100).toFixed(1)} %`);
}
