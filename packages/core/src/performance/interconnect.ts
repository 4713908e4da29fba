import type { Accelerator } from "../hardware/index.ts";
import { type BytesPerSecond, bytesPerSecond, gigabytesPerSecond, type Seconds, seconds } from "../units/index.ts";
import type { EfficiencyCoefficients } from "./coefficients.ts";

/** Between the instances of one replica. */
export interface ScaleOutNetwork {
  /** One direction, per accelerator. */
  readonly bandwidth: BytesPerSecond;
  readonly latency: Seconds;
}

/** 400 Gb/s a GPU over InfiniBand or RoCE: what requests without an instance type get. */
export const rdmaNetwork: ScaleOutNetwork = { bandwidth: gigabytesPerSecond(50), latency: seconds(12e-6) };

/** The link that a group of `ranks` accelerators talks over, as far as an engine's collectives reach it. */
export interface Link {
  readonly bandwidth: BytesPerSecond;
  /** Of one collective, however small. */
  readonly latency: Seconds;
}

/** Where no figure is known for a chip's own link, a PCIe 4 slot is assumed. */
const unknownLinkBandwidth = gigabytesPerSecond(32);

/** More ranks take longer to agree: a quarter more for each doubling, as the one-shot kernels' tables show. */
const latencyPerDoubling = 0.25;

/**
 * Across nodes a collective works in two levels: inside each node first, then each accelerator passes its share of the node's data on.
 * Latencies add up; the network carries 1 / nodeSize of the bytes of each rank.
 */
export const linkFor = (input: {
  readonly ranks: number;
  readonly accelerator: Accelerator;
  readonly nodeSize: number;
  readonly network: ScaleOutNetwork;
  readonly coefficients: EfficiencyCoefficients;
  readonly floor: "collectiveSeconds" | "exchangeSeconds";
}): Link => {
  const { ranks, accelerator, nodeSize, network, coefficients, floor } = input;
  const inside = accelerator.scaleUp.bandwidth ?? unknownLinkBandwidth;
  const reached = (bandwidth: number) => bytesPerSecond(bandwidth * coefficients.collectiveBandwidth);
  const latency = coefficients[floor] * (1 + latencyPerDoubling * Math.log2(Math.max(1, ranks / 2)));
  if (ranks <= nodeSize) return { bandwidth: reached(inside), latency: seconds(latency) };
  const bothLevels = 1 / (1 / inside + 1 / (network.bandwidth * nodeSize));
  return { bandwidth: reached(bothLevels), latency: seconds(latency + network.latency) };
};

/**
 * Ring or tree all-reduce of `bytes` on each rank.
 *
 *   t = latency + 2(n − 1)/n · bytes / bandwidth
 */
export const allReduceSeconds = ({ bandwidth, latency }: Link, ranks: number, bytes: number): Seconds =>
  seconds(ranks <= 1 ? 0 : latency + ((2 * (ranks - 1)) / ranks) * (bytes / bandwidth));

/** All-to-all, all-gather or reduce-scatter: half the traffic of an all-reduce. */
export const allToAllSeconds = ({ bandwidth, latency }: Link, ranks: number, bytes: number): Seconds =>
  seconds(ranks <= 1 ? 0 : latency + ((ranks - 1) / ranks) * (bytes / bandwidth));
