import { type Accelerator, accelerators } from "../hardware/index.ts";
import { hasExperts, numHiddenLayersOf } from "../model/index.ts";
import type { WeightFormat } from "../request/precision.ts";
import { bytes, roundTo, toGib } from "../units/index.ts";
import { assessMemory, type MemoryAssessment, type MemoryCase } from "./assess-memory.ts";
import type { Remedy } from "./memory-estimate.ts";
import { resolveLayout } from "./resolve-layout.ts";
import { mainWeightFormat } from "./resolve-precision.ts";

/** One thing to change, and the question with it changed. */
interface Change {
  readonly change: string;
  readonly effect?: string;
  readonly asked: MemoryCase;
}

/** A remedy with the question it was asked by: what a later stage needs to say what it costs. */
export interface AskedRemedy {
  readonly remedy: Remedy;
  readonly asked: MemoryCase;
}

const order = { fits: 0, marginal: 1, "does-not-fit": 2 } as const;

export const byVerdict = (a: Remedy, b: Remedy): number => order[a.verdict] - order[b.verdict];

export const bySaving = (a: Remedy, b: Remedy): number => b.gibSaved - a.gibSaved || (a.change < b.change ? -1 : 1);

/** What would make a layout fit, each asked again: what fits first, then what saves most. Changes that save nothing are left out. */
export const remediesFor = (asked: MemoryCase, now: MemoryAssessment): AskedRemedy[] =>
  [
    ...fewerBits(asked, now),
    ...narrowerCache(asked),
    ...widerLayout(asked),
    ...shorterContext(asked, now),
    ...fewerSequences(asked, now),
    ...offload(asked),
    ...biggerAccelerator(asked),
  ]
    .map((change) => remedyOf(change, asked, now))
    .filter(({ remedy }) => remedy.gibSaved > 0)
    .toSorted((a, b) => byVerdict(a.remedy, b.remedy) || bySaving(a.remedy, b.remedy));

/** Saved: what one accelerator needs less, or has more, than now. */
const remedyOf = ({ change, effect, asked }: Change, before: MemoryCase, now: MemoryAssessment): AskedRemedy => {
  const then = assessMemory(asked);
  const more = asked.accelerator === before.accelerator ? 0 : then.memory.budgetBytes - now.memory.budgetBytes;
  const gibSaved = roundTo(3, toGib(bytes(now.neededBytes - then.neededBytes + more)));
  return { remedy: { change, gibSaved, ...(effect === undefined ? {} : { effect }), verdict: then.verdict }, asked };
};

const bitsOf: Readonly<Record<WeightFormat, number>> = { fp32: 32, bf16: 16, fp16: 16, fp8: 8, int8: 8, int4: 4, nvfp4: 4, mxfp4: 4 };

const fewerBits = (asked: MemoryCase, { precision }: MemoryAssessment): Change[] => {
  const bits = bitsOf[mainWeightFormat(precision, asked.model)];
  const formats = (["fp8", "int4"] as const).filter((format) => bitsOf[format] < bits);
  return formats.map((weights) => ({
    change: `weights in ${weights}`,
    effect: "check the answers' quality",
    asked: { ...asked, precision: { ...asked.precision, weights } },
  }));
};

const narrowerCache = (asked: MemoryCase): Change[] =>
  (asked.precision?.kvCache ?? "bf16") === "bf16"
    ? [{ change: "KV cache in fp8", effect: "check the answers' quality", asked: withCache(asked) }]
    : [];

const withCache = (asked: MemoryCase): MemoryCase => ({ ...asked, precision: { ...asked.precision, kvCache: "fp8" } });

const widerLayout = (asked: MemoryCase): Change[] => {
  const { layout, model } = asked;
  const tensor = { ...layout, tensorParallelSize: layout.tensorParallelSize * 2 };
  const pipeline = { ...layout, pipelineParallelSize: layout.pipelineParallelSize * 2 };
  const data = { ...layout, dataParallelSize: layout.dataParallelSize * 2 };
  const changes: Change[] = [];
  if (resolveLayout(tensor, model).ok) {
    const change = `tensorParallelSize ${tensor.tensorParallelSize}`;
    changes.push({ change, effect: "more collectives in every layer", asked: { ...asked, layout: tensor } });
  }
  if (pipeline.pipelineParallelSize <= numHiddenLayersOf(model)) {
    const change = `pipelineParallelSize ${pipeline.pipelineParallelSize}`;
    changes.push({ change, effect: "each token passes through more stages", asked: { ...asked, layout: pipeline } });
  }
  if (layout.expertParallel && layout.dataParallelSize > 1) {
    const change = `dataParallelSize ${data.dataParallelSize}`;
    changes.push({ change, effect: "experts are exchanged among more ranks", asked: { ...asked, layout: data } });
  }
  return changes;
};

const shorterContext = (asked: MemoryCase, { engine }: MemoryAssessment): Change[] =>
  [2, 4, 8]
    .map((divisor) => Math.floor(engine.maxModelLen / divisor))
    .filter((maxModelLen) => maxModelLen >= 1024)
    .map((maxModelLen) => ({ change: `maxModelLen ${maxModelLen}`, asked: withEngine(asked, { maxModelLen }) }));

const fewerSequences = (asked: MemoryCase, { memory, engine, bands }: MemoryAssessment): Change[] => {
  const possible = Math.floor(bands?.maxConcurrency[0] ?? memory.maxConcurrency);
  const sequences = Math.max(1, Math.floor(engine.maxNumSeqs / 4));
  const tokens = Math.max(512, Math.floor(engine.maxNumBatchedTokens / 4));
  return [
    ...(possible >= 1 && possible < asked.concurrency
      ? [{ change: `concurrency ${possible}`, effect: "further requests wait", asked: { ...asked, concurrency: possible } }]
      : []),
    {
      change: `maxNumSeqs ${sequences}, maxNumBatchedTokens ${tokens}`,
      effect: "fewer requests at once, prompts in smaller pieces",
      asked: withEngine(asked, { maxNumSeqs: sequences, maxNumBatchedTokens: tokens }),
    },
  ];
};

const offload = (asked: MemoryCase): Change[] => {
  const effect = "fetched over the host link when needed";
  const already = asked.engine?.hostOffload;
  return [
    ...(hasExperts(asked.model) && !already?.experts
      ? [
          {
            change: "half of the experts in host memory",
            effect,
            asked: withEngine(asked, { hostOffload: { ...already, experts: 0.5 } }),
          },
        ]
      : []),
    ...(already?.kvCache
      ? []
      : [
          {
            change: "half of the KV cache in host memory",
            effect,
            asked: withEngine(asked, { hostOffload: { ...already, kvCache: 0.5 } }),
          },
        ]),
  ];
};

const withEngine = (asked: MemoryCase, engine: MemoryCase["engine"]): MemoryCase => ({ ...asked, engine: { ...asked.engine, ...engine } });

/** The smallest of the same vendor with more memory on which it fits; else the one with most. */
const biggerAccelerator = (asked: MemoryCase): Change[] => {
  const bigger = accelerators
    .filter(({ vendor, visibleBytes }) => vendor === asked.accelerator.vendor && visibleBytes > asked.accelerator.visibleBytes)
    .toSorted((a, b) => a.visibleBytes - b.visibleBytes || (a.id < b.id ? -1 : 1));
  const on = (accelerator: Accelerator): MemoryCase => ({ ...asked, accelerator });
  const chosen = bigger.find((accelerator) => assessMemory(on(accelerator)).verdict === "fits") ?? bigger.at(-1);
  return chosen ? [{ change: `accelerator ${chosen.id}`, asked: on(chosen) }] : [];
};
