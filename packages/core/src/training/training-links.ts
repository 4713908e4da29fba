import { gigabytesPerSecond } from "../units/index.ts";
import type { TrainingRun } from "./resolve-training.ts";
import { scaleOutBandwidth, type TrainingCoefficients } from "./training-coefficients.ts";

/** What collectives of a run reach, in bytes per second and rank. */
export interface TrainingLinks {
  readonly insideNode: number;
  readonly betweenNodes: number;
}

/** Where no figure is known for a chip's own link, a PCIe 4 slot is assumed. */
const unknownLinkBandwidth = gigabytesPerSecond(32);

export const trainingLinks = ({ accelerator }: TrainingRun, { scaleUpShare, scaleOutShare }: TrainingCoefficients): TrainingLinks => {
  const inside = accelerator.scaleUp.bandwidth ?? unknownLinkBandwidth;
  return { insideNode: inside * scaleUpShare, betweenNodes: Math.min(scaleOutBandwidth(accelerator), inside) * scaleOutShare };
};

/** Ranks of a group whose members stand `stride` apart: how many there are, and how many share a node. */
export interface RankGroup {
  readonly ranks: number;
  readonly inNode: number;
}

export const rankGroup = ({ nodeSize }: TrainingRun, { ranks, stride }: { ranks: number; stride: number }): RankGroup => ({
  ranks,
  inNode: Math.max(1, Math.min(ranks, Math.floor(nodeSize / stride))),
});

/**
 * All-gather or reduce-scatter of `bytes` on each rank. Ranks of one node share the way out: each has an adapter of its own.
 *
 *   t = (n − 1)/n · bytes / min(inside, in node · outside)
 */
export const gatherSeconds = (links: TrainingLinks, { ranks, inNode }: RankGroup, bytes: number): number => {
  if (ranks <= 1) return 0;
  const bandwidth = ranks <= inNode ? links.insideNode : Math.min(links.insideNode, inNode * links.betweenNodes);
  return (((ranks - 1) / ranks) * bytes) / bandwidth;
};

/**
 * All-to-all of routed tokens. A token crosses the network once for each other node that holds one of its k experts.
 *
 *   nodes hit = (nodes − 1) · (1 − (1 − 1/nodes)^k)
 *   t = routed · (n − 1)/n / inside + routed / k · nodes hit / outside
 */
export const routeSeconds = (
  links: TrainingLinks,
  { ranks, inNode }: RankGroup,
  { bytes, copies }: { readonly bytes: number; readonly copies: number },
): number => {
  if (ranks <= 1 || copies === 0) return 0;
  const nodes = ranks / inNode;
  const nodesHit = nodes > 1 ? (nodes - 1) * (1 - (1 - 1 / nodes) ** copies) : 0;
  return ((ranks - 1) / ranks) * (bytes / links.insideNode) + ((bytes / copies) * nodesHit) / links.betweenNodes;
};
