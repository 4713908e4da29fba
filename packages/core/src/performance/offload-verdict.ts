import { roundTo } from "../units/index.ts";
import type { SettledServing } from "./settle-serving.ts";
import { decodeStep, sumOfParts } from "./step-time.ts";

/** Slower than this by the host's link, memory is better bought on the chip. */
const tolerable = 1.25;

/** What keeping experts or cache in the host's memory costs each step, in words; undefined where nothing is kept there. */
export const offloadVerdict = ({ site, steady, shape }: SettledServing): string | undefined => {
  const { hostOffload } = site.replica.engine;
  if (hostOffload.experts === 0 && hostOffload.kvCache === 0) return undefined;
  const onChip = { ...site, replica: { ...site.replica, engine: { ...site.replica.engine, hostOffload: { experts: 0, kvCache: 0 } } } };
  const contextTokens = shape.islTokens + shape.oslTokens / 2;
  const running = Math.max(1, steady.point.running);
  const slower = sumOfParts(decodeStep(site, running, contextTokens)) / sumOfParts(decodeStep(onChip, running, contextTokens));
  const times = `a step takes ${roundTo(2, slower)} times as long as with everything in the accelerator's memory`;
  return slower > tolerable ? `not worth it where the model fits otherwise: ${times}` : `worth considering: ${times}`;
};
