import type { Accelerator } from "../hardware/index.ts";
import { expertParallelSizeOf, type Replica } from "../memory/index.ts";
import { type FlopsPerSecond, type Outcome, refuse, succeed } from "../units/index.ts";
import { type CoefficientTable, coefficientsFor } from "./coefficient-table.ts";
import type { EfficiencyCoefficients } from "./coefficients.ts";
import { denseRates, expertRates, type MatrixRates, sixteenBitFormat } from "./compute-format.ts";
import { servingCoefficients } from "./data/serving-coefficients.ts";
import { type Link, linkFor, type ScaleOutNetwork } from "./interconnect.ts";
import { type DenseWork, type MixtureWork, type ReplicaWork, replicaWork } from "./replica-work.ts";

/** A replica on its hardware: everything that the time of a step depends on, apart from the load. */
export interface ServingSite {
  readonly replica: Replica;
  readonly accelerator: Accelerator;
  readonly coefficients: EfficiencyCoefficients;
  readonly work: ReplicaWork;
  readonly dense: readonly (DenseWork & MatrixRates)[];
  readonly mixtures: readonly (MixtureWork & MatrixRates)[];
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
  const site = uncalibratedSite(replica, hardware);
  return site.ok ? succeed(calibratedSite(site.value, servingCoefficients)) : site;
};

export const uncalibratedSite = (replica: Replica, hardware: Hardware): Outcome<UncalibratedSite> => {
  const { accelerator } = hardware;
  const sixteenBitPeak = accelerator.peak[sixteenBitFormat(accelerator)];
  if (sixteenBitPeak === undefined)
    return refuse("/accelerator/id", `${accelerator.name} has no published 16-bit matrix rate to compute with`);
  return succeed({ replica, hardware, work: replicaWork(replica), sixteenBitPeak });
};

/** What stays the same while coefficients are being fitted. */
export interface UncalibratedSite {
  readonly replica: Replica;
  readonly hardware: Hardware;
  readonly work: ReplicaWork;
  readonly sixteenBitPeak: FlopsPerSecond;
}

export const calibratedSite = ({ replica, hardware, work, sixteenBitPeak }: UncalibratedSite, table: CoefficientTable): ServingSite => {
  const { accelerator } = hardware;
  const { name, version } = replica.engine;
  const coefficients = coefficientsFor({ accelerator, engine: name, version }, table);
  const { tensorParallelSize, pipelineParallelSize } = replica.layout;
  const link = (ranks: number, floor: "collectiveSeconds" | "exchangeSeconds") => linkFor({ ranks, coefficients, floor, ...hardware });
  return {
    replica,
    accelerator,
    coefficients,
    work,
    dense: work.dense.map((part) => ({ ...part, ...denseRates({ format: part.format, accelerator, coefficients }) })),
    mixtures: work.mixtures.map((part) => ({ ...part, ...expertRates({ format: part.format, accelerator, coefficients }) })),
    sixteenBitPeak,
    tensorLink: link(tensorParallelSize, "collectiveSeconds"),
    expertLink: link(expertParallelSizeOf(replica.layout), "exchangeSeconds"),
    stageLink: link(tensorParallelSize * pipelineParallelSize, "collectiveSeconds"),
  };
};
