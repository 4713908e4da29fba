/** When a price is odd enough to be looked at. */
export interface IntegrityThresholds {
  /** How many times above or below the median an accelerator's price may lie. */
  readonly outlierFactor: number;
  readonly maxAgeDays: number;
  /** Of the earlier price, up or down. */
  readonly jumpShare: number;
}

/** Six: one chip's list prices spread up to 5.7 times over clouds and regions (A10, July 2026). Half: AWS's cut of June 2025 was 44 %. */
export const defaultThresholds: IntegrityThresholds = { outlierFactor: 6, maxAgeDays: 365, jumpShare: 0.5 };
