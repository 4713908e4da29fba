import { type ModelArchitecture, routingOf } from "../../model/index.ts";
import type { ParallelLayout } from "../resolve-layout.ts";

/** Tokens that one rank may dispatch at once in the low-latency mode. */
const dispatchTokens = 128;

/**
 * Buffers of the experts' exchange where attention is replicated over data ranks and experts are spread over all of them
 * (DeepEP, low-latency mode, `csrc/legacy/config.hpp`): two to send and two to receive.
 *
 *   bytes = 2 · max(T · d, E · T · c) + 2 · E · T · max(d, c)       d = 16 + max(2h, h + h/32), c = 2h + h/32
 *
 * DeepSeek-V3: 1.78 GiB on each rank, however many there are.
 */
export const allToAllBytes = (model: ModelArchitecture, layout: ParallelLayout): number => {
  if (!layout.expertParallel || layout.dataParallelSize === 1) return 0;
  const experts = model.layers.reduce((most, { feedForward }) => Math.max(most, routingOf(feedForward)?.numExperts ?? 0), 0);
  const hidden = model.hiddenSize;
  const dispatched = 16 + Math.max(2 * hidden, hidden + hidden / 32);
  const combined = 2 * hidden + hidden / 32;
  const sent = Math.max(dispatchTokens * dispatched, experts * dispatchTokens * combined);
  return 2 * sent + 2 * experts * dispatchTokens * Math.max(dispatched, combined);
};
