import type { Accelerator } from "../hardware/index.ts";
import { expertParallelSizeOf, mainWeightFormat, type Replica } from "../memory/index.ts";
import { type FlopsPerSecond, flopsPerSecond, type Outcome, refuse, succeed } from "../units/index.ts";
import { coefficientsOf, type EfficiencyCoefficients } from "./coefficients.ts";
import { type ComputeRate, computeRate, sixteenBitFormat } from "./compute-format.ts";
import { type Link, linkFor, type ScaleOutNetwork } from "./interconnect.ts";
import { type ReplicaWork, replicaWork } from "./replica-work.ts";

/** A replica on its hardware: everything that the time of a step depends on, apart from the load. */
export interface ServingSite {
  readonly replica: Replica;
  readonly accelerator: Accelerator;
  readonly coefficients: EfficiencyCoefficients;
  readonly work: ReplicaWork;
  readonly matrix: ComputeRate;
  readonly expertRate: FlopsPerSecond;
  readonly sixteenBitPeak: FlopsPerSecond;
  readonly tensorLink: Link;
  readonly expertLink: Link;
  readonly stageLink: Link;
}

export interface Hardware {
  readonly accelerator: Accelerator;
  /** Accelerators that share the fast link. */
  readonly nodeSize: number;
  readonly network: ScaleOutNetwork;
}

export const servingSite = (replica: Replica, hardware: Hardware): Outcome<ServingSite> => {
  const { accelerator } = hardware;
  const coefficients = coefficientsOf(accelerator);
  const matrix = computeRate(mainWeightFormat(replica.precision, replica.model), accelerator, coefficients);
  const sixteenBitPeak = accelerator.peak[sixteenBitFormat(accelerator)];
  if (!matrix || sixteenBitPeak === undefined)
    return refuse("/accelerator/id", `${accelerator.name} has no published 16-bit matrix rate to compute with`);
  const { tensorParallelSize, pipelineParallelSize } = replica.layout;
  const link = (ranks: number) => linkFor({ ranks, coefficients, ...hardware });
  return succeed({
    replica,
    accelerator,
    coefficients,
    work: replicaWork(replica),
    matrix,
    expertRate: flopsPerSecond(matrix.rate * (coefficients.expertMatrix / coefficients.matrix16)),
    sixteenBitPeak,
    tensorLink: link(tensorParallelSize),
    expertLink: link(expertParallelSizeOf(replica.layout)),
    stageLink: link(tensorParallelSize * pipelineParallelSize),
  });
};
