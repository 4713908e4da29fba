import { type RequestsPerSecond, requestsPerSecond, type Seconds, seconds } from "../units/index.ts";
import { idlePromptParts, type Prompt, promptParts, soloPromptParts } from "./prompt-time.ts";
import type { ServingSite } from "./serving-site.ts";
import { checkedTokens, draftSeconds, type Speculation, yieldedTokens } from "./speculation.ts";
import { attentionSecondsPerSequence, decodeBatch, decodeParts, type StepParts, sumOfParts } from "./step-time.ts";

/** What one request brings and takes. */
export interface RequestShape {
  readonly islTokens: number;
  readonly oslTokens: number;
  readonly prefixHitShare: number;
  readonly speculative?: Speculation | undefined;
}

/** A replica in steady state with `running` requests in flight on it. */
export interface OperatingPoint {
  readonly running: number;
  /** Those of them that decode; the others wait or have their prompt read. */
  readonly decoding: number;
  readonly requestRate: RequestsPerSecond;
  readonly decode: StepParts;
  readonly prefill: StepParts;
  /** Between two tokens of one request: a decode step and the prompts that ride on it. */
  readonly tpotSeconds: Seconds;
  readonly prefillInterferenceSeconds: Seconds;
  /** From arrival to first token, without waiting for other prompts. */
  readonly promptSeconds: Seconds;
  /** Mean wait behind other prompts. */
  readonly meanWaitSeconds: Seconds;
  /** Share of time that reading prompts keeps a data rank busy. */
  readonly prefillBusy: number;
  /** A step without prompts, what prompts add to a step that reads some, and the share of such steps. */
  readonly plainStepSeconds: Seconds;
  readonly promptsInStepSeconds: Seconds;
  readonly promptStepShare: number;
  /** What one prompt takes of a data rank's time. */
  readonly promptWorkSeconds: Seconds;
}

/**
 * Continuous batching in balance: of `running` requests some wait or have their prompt read and `decoding` decode.
 *
 *   running = decoding + rate · (prompt + wait)        rate = decoding / ((osl − 1) · tpot)         Little, twice
 *
 */
export const operatingPoint = (site: ServingSite, shape: RequestShape, running: number, burstiness = 1): OperatingPoint => {
  const work = shapeWork(site, shape);
  const others = Math.max(0, 1 - 1 / running);
  const at = (decoding: number) => decodingPoint(site, work, { decoding, others, burstiness });
  if (shape.oslTokens <= 1) return promptsOnly(at(0), running);
  return { ...decodingFor(at, running), running };
};

/** The point at which `running` requests are in flight, by regula falsi (Anderson and Björck): what is in flight grows with what decodes. */
const decodingFor = (at: (decoding: number) => OperatingPoint, running: number): OperatingPoint => {
  const most = at(running);
  let [low, high] = [
    { decoding: 0, excess: -running },
    { decoding: running, excess: most.running - running },
  ];
  let guess = (running * running) / most.running;
  let before = 0;
  for (let step = 0; step < 30; step++) {
    const point = at(guess);
    const end = { decoding: guess, excess: point.running - running };
    if (Math.abs(end.excess) < 1e-8 * running) return point;
    const sameSide = before * end.excess > 0;
    const shrink = Math.max(0.5, 1 - end.excess / (end.excess > 0 ? high.excess : low.excess));
    const kept = sameSide ? shrink : 1;
    if (end.excess > 0) [high, low] = [end, { ...low, excess: low.excess * kept }];
    else [low, high] = [end, { ...high, excess: high.excess * kept }];
    before = end.excess;
    guess = high.decoding - (high.excess * (high.decoding - low.decoding)) / (high.excess - low.excess);
  }
  return at(guess);
};

/** Requests of one token never decode: what runs is having its prompt read, or waits. */
const promptsOnly = (idle: OperatingPoint, running: number): OperatingPoint => ({
  ...idle,
  running,
  requestRate: requestsPerSecond(Math.min(running / idle.promptSeconds, 1 / idle.promptWorkSeconds)),
});

/** What does not change with the load. */
interface ShapeWork {
  readonly shape: RequestShape;
  readonly prompt: Prompt;
  readonly solo: StepParts;
  readonly attentionPerSequence: number;
  readonly chunks: number;
  /** Tokens of a sequence that a step checks, that it yields, and what drafting adds to the step for each draft token. */
  readonly checked: number;
  readonly yielded: number;
  /** Whether prompts ride on the steps that decode, or another pool reads them. */
  readonly prompts: "ride" | "elsewhere";
}

const shapeWork = (site: ServingSite, shape: RequestShape): ShapeWork => {
  const newTokens = Math.max(1, Math.round(shape.islTokens * (1 - shape.prefixHitShare)));
  const prompt = { newTokens, cachedTokens: shape.islTokens - newTokens };
  return {
    shape,
    prompt,
    solo: soloPromptParts(site, prompt),
    attentionPerSequence: attentionSecondsPerSequence(site, shape.islTokens + shape.oslTokens / 2, checkedTokens(shape.speculative)),
    checked: checkedTokens(shape.speculative),
    yielded: yieldedTokens(shape.speculative),
    prompts: "ride",
    chunks: Math.ceil(newTokens / site.replica.engine.maxNumBatchedTokens),
  };
};

interface Decoding {
  readonly decoding: number;
  /** How much of the load a request finds of the others: 1 − 1/running in a closed loop, 1 under Poisson arrivals. */
  readonly others: number;
  readonly burstiness: number;
}

/**
 * The replica while `decoding` sequences decode on average.
 *
 *   step = T(1 + others · decoding) + share of steps that read prompts · their work        tpot = step / tokens a step yields
 *   wait = busy / (1 − busy) · (work of a prompt + decode step) · c² / 2                    Kingman, equal prompts
 */
const decodingPoint = (site: ServingSite, work: ShapeWork, { decoding, others, burstiness }: Decoding): OperatingPoint => {
  const { coefficients, replica } = site;
  const { dataParallelSize, pipelineParallelSize } = replica.layout;
  const sequences = 1 + others * decoding;
  const batch = decodeBatch(site, sequences * work.checked);
  const attention = (batch.tokens / work.checked) * work.attentionPerSequence;
  const decode = decodeParts(site, batch, attention);
  const decodeSeconds = sumOfParts(decode) + draftSeconds(site, sequences, work.checked - 1);
  const steps = Math.max(1, work.shape.oslTokens - 1) / work.yielded;
  const starts = (others * decoding) / (dataParallelSize * steps);
  const together = Math.max(1, starts);
  const attentionSeconds = work.solo.attention;
  const reading = promptParts(site, { prompt: work.prompt, attentionSeconds, batch, parts: decode, together });
  const riding = work.prompts === "ride" ? sumOfParts(reading) / pipelineParallelSize : 0;
  const interference = coefficients.interference * Math.min(1, starts) * together * riding;
  const step = decodeSeconds + interference;
  const sharing = Math.max(1, Math.min(together, replica.engine.maxNumBatchedTokens / work.prompt.newTokens));
  const own = sharing * sumOfParts(reading) + work.chunks * decodeSeconds;
  const promptSeconds = coefficients.requestSeconds + others * (step / 2) + own;
  const rate = decoding / (steps * step);
  const busy = Math.min(0.99, (others * rate * riding) / dataParallelSize);
  const wait = (busy / (1 - busy)) * (riding + decodeSeconds) * (burstiness / 2);
  return {
    decoding,
    running: decoding + rate * (promptSeconds + wait),
    requestRate: requestsPerSecond(rate),
    decode,
    prefill: work.solo,
    tpotSeconds: seconds(step / work.yielded),
    prefillInterferenceSeconds: seconds(interference / work.yielded),
    promptSeconds: seconds(promptSeconds),
    meanWaitSeconds: seconds(wait),
    prefillBusy: busy,
    promptWorkSeconds: seconds(riding),
    plainStepSeconds: seconds(decodeSeconds),
    promptsInStepSeconds: seconds(together * riding),
    promptStepShare: Math.min(1, starts),
  };
};

/** A replica that only decodes: its prompts are read elsewhere. */
export const decodeOnlyPoint = (site: ServingSite, shape: RequestShape, decoding: number): OperatingPoint =>
  decodingPoint(
    site,
    { ...shapeWork(site, shape), prompts: "elsewhere" },
    { decoding, others: Math.max(0, 1 - 1 / decoding), burstiness: 1 },
  );

/** A replica that only reads prompts, as many together as its step takes. */
export const promptOnlyPoint = (site: ServingSite, shape: RequestShape): OperatingPoint => {
  const work = shapeWork(site, shape);
  const idle = decodingPoint(site, { ...work, prompts: "elsewhere" }, { decoding: 0, others: 0, burstiness: 1 });
  const together = Math.max(1, site.replica.engine.maxNumBatchedTokens / work.prompt.newTokens);
  const shared = sumOfParts(idlePromptParts(site, { prompt: work.prompt, attentionSeconds: work.solo.attention, together }));
  return {
    ...idle,
    promptSeconds: seconds(site.coefficients.requestSeconds + sumOfParts(work.solo)),
    promptWorkSeconds: seconds(shared / site.replica.layout.pipelineParallelSize),
  };
};

/** The least load that yields a request rate, by halving; at most `most` sequences decode. */
export const pointAtRate = (
  site: ServingSite,
  shape: RequestShape,
  { requestRate, burstiness, most }: { readonly requestRate: number; readonly burstiness: number; readonly most: number },
): OperatingPoint => {
  const work = shapeWork(site, shape);
  const at = (decoding: number) => decodingPoint(site, work, { decoding, others: 1, burstiness });
  let [low, high] = [0, most];
  for (let step = 0; step < 30 && high - low > 1e-6 * most; step++) {
    const middle = (low + high) / 2;
    if (at(middle).requestRate < requestRate) low = middle;
    else high = middle;
  }
  return at(high);
};
