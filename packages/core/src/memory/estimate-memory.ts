import { accelerators } from "../hardware/index.ts";
import { countParameters, type ModelArchitecture } from "../model/index.ts";
import type { MemoryRequest } from "../request/memory-request.ts";
import { invariant, type Outcome, oncePer, refuse, roundTo, succeed, toGib } from "../units/index.ts";
import { assessMemory, type MemoryAssessment, type MemoryCase } from "./assess-memory.ts";
import { estimateAssumptions, replicaAssumptions } from "./estimate-assumptions.ts";
import type { InferenceMemory } from "./inference-memory.ts";
import type { MemoryEstimate, PerAcceleratorMemory } from "./memory-estimate.ts";
import { pipelineStages } from "./pipeline-stages.ts";
import { type AskedRemedy, remediesFor } from "./remedies.ts";
import { acceleratorsOf, singleAccelerator } from "./resolve-layout.ts";
import { type Replica, resolveAccelerator, resolveReplica } from "./resolve-replica.ts";
import { servingRules, weightRules } from "./rule-of-thumb.ts";
import type { Band } from "./shape-bands.ts";
import { solveMemory } from "./solve-memory.ts";
import { stageWeightBytes } from "./weights-per-rank.ts";

/** How much memory a model needs, and what one replica's accelerators are left with. */
export const estimateMemory = (request: MemoryRequest): Outcome<MemoryEstimate> => {
  const asked = askMemory(request);
  return asked.ok ? succeed(asked.value.estimate) : asked;
};

/** An estimate and, where something has to change, the questions behind it and its remedies. */
export interface AskedMemory {
  readonly estimate: MemoryEstimate;
  readonly lacking?: { readonly asked: MemoryCase; readonly remedies: readonly AskedRemedy[] };
}

/** The estimate with what the answer leaves out and a later stage compares. */
export const askMemory = (request: MemoryRequest): Outcome<AskedMemory> => {
  const replica = resolveReplica(request);
  if (!replica.ok) return replica;
  if (!request.accelerator) {
    const estimate = withoutAccelerator(request, replica.value);
    return estimate.ok ? succeed({ estimate: estimate.value }) : estimate;
  }
  const accelerator = resolveAccelerator(request.accelerator);
  if (!accelerator.ok) return accelerator;
  const asked = caseOf(request, replica.value, accelerator.value);
  const assessed = assessMemory(asked);
  const whole = wholeReplica(replica.value);
  const { memory, verdict, reasons } = assessed;
  const remedies = verdict === "fits" ? undefined : remediesFor(asked, assessed);
  const estimate: MemoryEstimate = {
    parameters: whole.parameters,
    weightsGib: whole.weightsGib,
    perAccelerator: perAcceleratorOf(memory),
    kvCache: kvCacheOf(assessed),
    shares: sharesOf(memory),
    ...hostOf(memory, acceleratorsOf(asked.layout)),
    ...reservedOf(asked, memory),
    verdict,
    reasons: [...reasons],
    ...(remedies ? { remedies: remedies.map(({ remedy }) => remedy) } : {}),
    ...answerOf(request, asked),
    interval: intervalOf(assessed),
    ruleOfThumb: { ...whole.rules, ...servingRules(whole.subject, assessed, acceleratorsOf(asked.layout)) },
    assumptions: estimateAssumptions(asked, assessed),
  };
  return succeed(remedies ? { estimate, lacking: { asked, remedies } } : { estimate });
};

const caseOf = (request: MemoryRequest, replica: Replica, accelerator: MemoryCase["accelerator"]): MemoryCase => ({
  model: replica.model,
  precision: request.precision,
  layout: replica.layout,
  engine: request.engine,
  accelerator,
  reserveShare: request.reserve?.memoryShare ?? 0,
  concurrency: request.concurrency ?? 1,
});

const withoutAccelerator = (request: MemoryRequest, replica: Replica): Outcome<MemoryEstimate> => {
  const { solveFor = "fit" } = request;
  if (solveFor !== "fit" && solveFor !== "accelerators") return refuse("/accelerator", `is needed to solve for ${solveFor}`);
  const { parameters, weightsGib, rules } = wholeReplica(replica);
  const any = accelerators[0];
  invariant(any !== undefined, "the table has accelerators");
  return succeed({
    parameters,
    weightsGib,
    reasons: [],
    ...(solveFor === "accelerators" ? answerOf(request, caseOf(request, replica, any)) : {}),
    ruleOfThumb: rules,
    assumptions: replicaAssumptions(replica),
  });
};

const answerOf = ({ solveFor = "fit" }: MemoryRequest, asked: MemoryCase): Pick<MemoryEstimate, "answer"> => {
  const answer = solveFor === "fit" ? undefined : solveMemory(solveFor, asked);
  return answer ? { answer } : {};
};

const wholeReplica = ({ model, precision }: Replica) => {
  const weightsBytes = pipelineStages(model, 1).reduce(
    (sum, stage) => sum + stageWeightBytes({ model, stage, layout: singleAccelerator, formats: precision.weights }),
    0,
  );
  const parameters = parametersOf(model);
  const subject = { model, parameters, precision, weightsBytes };
  return { parameters, weightsGib: roundTo(6, weightsBytes / 2 ** 30), subject, rules: weightRules(subject) };
};

const parametersOf = oncePer((model: ModelArchitecture): MemoryEstimate["parameters"] => {
  const count = countParameters(model);
  return { ...count, active: Math.round(count.active) };
});

export const perAcceleratorOf = (memory: InferenceMemory): PerAcceleratorMemory => ({
  visibleGib: roundTo(6, toGib(memory.visibleBytes)),
  budgetGib: roundTo(6, toGib(memory.budgetBytes)),
  weightsGib: roundTo(6, toGib(memory.weightsBytes)),
  activationGib: roundTo(6, toGib(memory.activationBytes)),
  runtimeGib: roundTo(6, toGib(memory.runtimeBytes)),
  kvCacheGib: roundTo(6, toGib(memory.kvCacheBytes)),
  freeGib: roundTo(6, toGib(memory.freeBytes)),
});

const sharesOf = (memory: InferenceMemory): NonNullable<MemoryEstimate["shares"]> => {
  const share = (amount: number) => roundTo(4, amount / memory.visibleBytes);
  return {
    weights: share(memory.weightsBytes),
    activation: share(memory.activationBytes),
    runtime: share(memory.runtimeBytes),
    kvCache: share(memory.kvCacheBytes),
    beyondBudget: share(memory.visibleBytes - memory.budgetBytes),
  };
};

const hostOf = ({ hostWeightsBytes, hostKvCacheBytes }: InferenceMemory, ranks: number): Pick<MemoryEstimate, "host"> =>
  hostWeightsBytes + hostKvCacheBytes === 0
    ? {}
    : { host: { weightsGib: roundTo(6, toGib(hostWeightsBytes) * ranks), kvCacheGib: roundTo(6, toGib(hostKvCacheBytes) * ranks) } };

const reservedOf = (asked: MemoryCase, memory: InferenceMemory): Pick<MemoryEstimate, "reserved"> => {
  if (asked.reserveShare === 0) return {};
  const without: MemoryAssessment = assessMemory({ ...asked, reserveShare: 0 });
  return {
    reserved: {
      memoryGib: roundTo(6, toGib(memory.visibleBytes) * asked.reserveShare),
      maxConcurrencyLost: roundTo(4, without.memory.maxConcurrency - memory.maxConcurrency),
    },
  };
};

const kvCacheOf = ({ memory, bands }: MemoryAssessment): NonNullable<MemoryEstimate["kvCache"]> => ({
  bytesPerTokenPerAccelerator: memory.kvBytesPerToken,
  ...(bands?.bytesPerToken ? { bytesPerTokenBand: rounded(0, bands.bytesPerToken) } : {}),
  fixedBytesPerRequestPerAccelerator: memory.kvFixedBytesPerRequest,
  tokens: memory.kvTokens,
  maxConcurrency: roundTo(4, memory.maxConcurrency),
  ...(bands ? { maxConcurrencyBand: rounded(4, bands.maxConcurrency) } : {}),
});

const intervalOf = ({ memory, bands }: MemoryAssessment): NonNullable<MemoryEstimate["interval"]> => ({
  kvCacheGib: bandInGib(bands?.poolBytes ?? memory.poolBandBytes),
  ...(bands ? { activationGib: bandInGib(bands.activationBytes) } : {}),
});

const bandInGib = ([low, high]: Band): [number, number] => rounded(4, [Math.max(0, low) / 2 ** 30, Math.max(0, high) / 2 ** 30]);

const rounded = (places: number, [low, high]: Band): [number, number] => [roundTo(places, low), roundTo(places, high)];
