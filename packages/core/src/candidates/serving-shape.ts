import type { Accelerator } from "../hardware/index.ts";
import { displayName } from "../hardware/index.ts";
import type { InstanceType, Offer } from "../market/index.ts";
import { rdmaNetwork, type ScaleOutNetwork } from "../performance/index.ts";
import { bytesPerSecond, gigabitsPerSecond, microseconds } from "../units/index.ts";

/**
 * What performance depends on, of an instance type: many types of many providers share one shape,
 * so each is estimated once.
 */
export interface ServingShape {
  readonly key: string;
  readonly accelerator: Accelerator;
  readonly accelerators: number;
  /** How a replica may span instances of this shape; undefined where their network is too slow for it. */
  readonly scaleOut: ScaleOutNetwork | undefined;
  readonly offers: readonly Offer[];
}

/** Groups offers by shape, in the order of their keys. */
export const servingShapes = (offers: readonly Offer[]): ServingShape[] => {
  const shapes = new Map<string, { instanceType: InstanceType; offers: Offer[] }>();
  for (const offer of offers) {
    const key = shapeKey(offer.instanceType);
    const shape = shapes.get(key);
    if (shape) shape.offers.push(offer);
    else shapes.set(key, { instanceType: offer.instanceType, offers: [offer] });
  }
  return [...shapes]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { instanceType, offers: ofShape }]) => ({
      key,
      accelerator: instanceType.accelerator,
      accelerators: instanceType.accelerators,
      scaleOut: scaleOutOf(instanceType),
      offers: ofShape,
    }));
};

export const shapeName = ({ accelerator, accelerators }: Pick<ServingShape, "accelerator" | "accelerators">): string =>
  `${accelerators} × ${displayName(accelerator)}`;

const shapeKey = (instanceType: InstanceType): string => {
  const network = scaleOutOf(instanceType);
  return [instanceType.accelerator.id, instanceType.accelerators, network ? Math.round(network.bandwidth / 1e8) : "alone"].join("|");
};

/** Ethernet without RDMA spends too long on each of a layer's collectives for a replica to span it. */
export const scaleOutOf = ({
  network,
  networkGbps,
  accelerators,
}: Pick<InstanceType, "network" | "networkGbps" | "accelerators">): ScaleOutNetwork | undefined => {
  if (network !== "rdma") return undefined;
  if (networkGbps === undefined) return rdmaNetwork;
  return { bandwidth: bytesPerSecond(gigabitsPerSecond(networkGbps) / accelerators), latency: microseconds(12) };
};
