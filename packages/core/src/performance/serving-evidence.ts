import { type Accelerator, type AcceleratorFamily, accelerators } from "../hardware/index.ts";
import type { EngineName } from "../request/engine.ts";
import { servingEvidence } from "./data/serving-coefficients.ts";

/** How near the measurements are that stand behind an estimate. */
export type Nearness = "calibrated" | "family" | "datasheet";

/** How busy a replica is: errors differ by it. */
export type Regime = "light" | "moderate" | "heavy";

/** An 80 % band as factors on the estimate. */
export type BandFactors = readonly [low: number, high: number];

export interface ServingEvidence {
  /** Rows fitted, by "accelerator engine". */
  readonly rows: Readonly<Record<string, number>>;
  /** From errors on configurations (or whole accelerators) that the fit had not seen. */
  readonly bands: Readonly<Record<"throughput" | "tpot", Readonly<Record<"calibrated" | "family", Readonly<Record<Regime, BandFactors>>>>>>;
}

/** Fewer measurements than this do not make a chip with an engine calibrated. */
const enoughRows = 5;

/** Chips and engines that nothing was measured on: published datasheet models miss by a factor of two (docs/formulas.md §Performance). */
const datasheetBand: BandFactors = [1 / 2, 2];

/** Families of which a chip was measured. */
const measuredFamilies: ReadonlySet<AcceleratorFamily> = new Set(
  accelerators.filter(({ id }) => Object.keys(servingEvidence.rows).some((key) => key.startsWith(`${id} `))).map(({ family }) => family),
);

export const nearnessOf = ({ id, family }: Accelerator, engine: EngineName): Nearness => {
  if ((servingEvidence.rows[`${id} ${engine}`] ?? 0) >= enoughRows) return "calibrated";
  return measuredFamilies.has(family) && engine !== "transformers" ? "family" : "datasheet";
};

export const regimeOf = (running: number): Regime => (running <= 8 ? "light" : running <= 64 ? "moderate" : "heavy");

export const bandFactors = (quantity: "throughput" | "tpot", nearness: Nearness, regime: Regime): BandFactors =>
  nearness === "datasheet" ? datasheetBand : servingEvidence.bands[quantity][nearness][regime];
