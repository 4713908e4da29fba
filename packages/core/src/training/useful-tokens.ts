import type { TrainingRun } from "./resolve-training.ts";

/**
 * Without packing a sequence holds one sample and padding. On Alpaca-like samples a padded run took 25.5 GiB where a packed one
 * took 60.0 (torchtune README, Llama-3.2-3B): so much of a sequence is full.
 */
const unpackedShare = 25.5 / 60;

/** Share of the computed tokens that are not padding. */
export const usefulTokenShare = ({ packing }: Pick<TrainingRun, "packing">): number => (packing ? 1 : unpackedShare);
