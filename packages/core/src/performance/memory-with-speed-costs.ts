import { defaultNodeSize } from "../defaults.ts";
import {
  type AskedMemory,
  acceleratorsOf,
  askMemory,
  bySaving,
  byVerdict,
  type MemoryCase,
  type MemoryEstimate,
  type Remedy,
  resolveEngine,
  resolvePrecision,
} from "../memory/index.ts";
import type { MemoryRequest } from "../request/memory-request.ts";
import { type Outcome, roundTo, succeed } from "../units/index.ts";
import { checkCompatibility } from "./check-compatibility.ts";
import { rdmaNetwork } from "./interconnect.ts";
import { operatingPoint, type RequestShape } from "./operating-point.ts";
import { servedReplica } from "./served-replica.ts";
import { servingSite } from "./serving-site.ts";

/** The memory estimate, its remedies with what each costs in speed: what fits first, and of that what costs least. */
export const memoryWithSpeedCosts = (request: MemoryRequest): Outcome<MemoryEstimate> => {
  const answer = askMemory(request);
  return answer.ok ? succeed(withSpeedCosts(answer.value)) : answer;
};

const withSpeedCosts = ({ estimate, lacking }: AskedMemory): MemoryEstimate => {
  if (!lacking) return estimate;
  const { asked } = lacking;
  const remedies = lacking.remedies
    .map(({ remedy, asked: changed }): Remedy => {
      const speedCost = speedCostOf(asked, changed);
      return speedCost === undefined ? remedy : { ...remedy, speedCost };
    })
    .toSorted((a, b) => byVerdict(a, b) || bySpeedCost(a, b) || bySaving(a, b));
  const compared = remedies.some(({ speedCost }) => speedCost !== undefined);
  return { ...estimate, remedies, ...(compared ? { assumptions: { ...estimate.assumptions, speedCost: comparedInWords(asked) } } : {}) };
};

/** What does not fit is no gain however fast; what cannot be compared comes after what can. */
const bySpeedCost = (a: Remedy, b: Remedy): number =>
  a.verdict === "does-not-fit" || a.speedCost === b.speedCost ? 0 : (a.speedCost ?? 2) - (b.speedCost ?? 2);

/**
 * Share of the output tokens per second and accelerator that a change costs, over requests of one shape.
 *
 *   cost = 1 − rate of the changed / rate as asked        rate = output tokens / second / accelerators
 *
 * Both are computed as if the memory sufficed, for what lacks it has no speed to compare.
 */
const speedCostOf = (asked: MemoryCase, changed: MemoryCase): number | undefined => {
  const shape = comparedShape(asked, changed);
  const before = rateOf(asked, shape);
  const after = rateOf(changed, shape);
  return before === undefined || after === undefined ? undefined : roundTo(4, 1 - after / before);
};

/** Half prompt, half answer, and together the longest that both let in: a shorter limit by itself slows nothing down. */
const comparedShape = (asked: MemoryCase, changed: MemoryCase): RequestShape => {
  const tokens = Math.floor(Math.min(limitsOf(asked).maxModelLen, limitsOf(changed).maxModelLen) / 2);
  return { islTokens: Math.max(1, tokens), oslTokens: Math.max(1, tokens), prefixHitShare: 0 };
};

const limitsOf = ({ engine, model, accelerator, layout }: MemoryCase) =>
  resolveEngine(engine, model, { accelerator, ranks: acceleratorsOf(layout) });

/** Requests per second and accelerator; undefined where the engine or the tables do not tell. */
const rateOf = (question: MemoryCase, shape: RequestShape): number | undefined => {
  const { model, layout, accelerator, concurrency } = question;
  const precision = resolvePrecision(model, question.precision);
  const engine = limitsOf(question);
  const load = { engine: { maxNumSeqs: engine.maxNumSeqs }, workload: { ...shape, concurrency } };
  const asServed = { ...load, precision: { ...question.precision, kvCache: precision.kvCache } };
  const replica = servedReplica({ model, layout, precision, engine }, asServed, accelerator);
  if (!checkCompatibility(replica, asServed, accelerator).ok) return undefined;
  const nodeSize = Math.max(defaultNodeSize, accelerator.scaleUp.domain);
  const site = servingSite(replica, { accelerator, nodeSize, network: rdmaNetwork });
  if (!site.ok) return undefined;
  const running = Math.min(concurrency, engine.maxNumSeqs * layout.dataParallelSize);
  return operatingPoint(site.value, shape, running).requestRate / acceleratorsOf(layout);
};

const comparedInWords = (asked: MemoryCase): string => {
  const { islTokens, oslTokens } = comparedShape(asked, asked);
  return [
    `output tokens per second and accelerator at ${asked.concurrency} requests in flight`,
    `${islTokens} tokens of prompt and ${oslTokens} of answer each, fewer where a remedy lets in fewer`,
    "as if the memory sufficed, prices aside",
  ].join(", ");
};
