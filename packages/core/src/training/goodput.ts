import { defaultSpot } from "../defaults.ts";
import { type Bytes, type Seconds, seconds } from "../units/index.ts";

/** What failures and checkpoints leave of a run's time. */
export interface Goodput {
  /** Of the time that goes into steps that are kept. */
  readonly share: number;
  readonly betweenFailures: Seconds;
  readonly checkpointInterval: Seconds;
  readonly checkpoint: Seconds;
}

/** Llama 3 405B: 419 unexpected interruptions in 54 days on 16,384 H100 (arXiv 2407.21783, §3.3.4). */
export const acceleratorHoursPerFailure = 50_677;

/** Detection, a spare node, and loading: minutes in public reports, to be overridden by nobody's measurement yet. */
const restartSeconds = 600;

/** Storage that a cluster has for each accelerator: 2 TB/s sustained for 16,384 (arXiv 2407.21783, §3.3.1). */
export const storageBytesPerSecondPerAccelerator = 2e12 / 16_384;

/** A file system's own time for many files. */
const leastCheckpointSeconds = 5;

/**
 * Share of the time that is kept, with the interval τ that loses least (Daly 2006, δ < 2M; otherwise τ = M):
 *
 *   τ = √(2 δ M) · (1 + ⅓ √(δ / 2M) + ⅑ (δ / 2M)) − δ
 *   share = 1 − δ/τ − (τ/2 + R)/M
 *
 * δ: time to write a checkpoint; M: mean time between failures of the job; R: restart time.
 */
export const goodputOf = (accelerators: number, checkpointBytes: Bytes): Goodput => {
  const checkpoint = Math.max(leastCheckpointSeconds, checkpointBytes / (accelerators * storageBytesPerSecondPerAccelerator));
  const between = (acceleratorHoursPerFailure * 3600) / accelerators;
  return goodputAt({ checkpoint: seconds(checkpoint), between: seconds(between), restart: seconds(restartSeconds) });
};

const goodputAt = ({ checkpoint, between, restart }: Readonly<Record<"checkpoint" | "between" | "restart", Seconds>>): Goodput => {
  const interval = dalyInterval(checkpoint, between);
  const lost = checkpoint / interval + (interval / 2 + restart) / between;
  return { share: Math.max(leastShare, 1 - lost), betweenFailures: between, checkpointInterval: interval, checkpoint };
};

/**
 * The share that is kept on spot instances, all of which a run needs: failures and losses add up, and a loss also waits for a
 * replacement. Undefined where so little is kept that the formula says nothing.
 *
 *   1/M = 1/M_failures + hazard per instance-hour · instances,   R = restart + time to a replacement
 */
export const keptShareOnSpot = ({
  hoursBetweenFailures,
  checkpointSeconds,
  instances,
}: {
  readonly hoursBetweenFailures: number;
  readonly checkpointSeconds: number;
  readonly instances: number;
}): number | undefined => {
  const { hazardPerHour, replacementHours } = defaultSpot;
  const { share } = goodputAt({
    checkpoint: seconds(checkpointSeconds),
    between: seconds(3600 / (1 / hoursBetweenFailures + hazardPerHour * instances)),
    restart: seconds(restartSeconds + 3600 * replacementHours),
  });
  return share > leastShare ? share : undefined;
};

/** Beyond this the first-order formula says nothing any more. */
const leastShare = 0.05;

export const dalyInterval = (checkpoint: Seconds, betweenFailures: Seconds): Seconds => {
  const ratio = checkpoint / (2 * betweenFailures);
  if (ratio >= 1) return betweenFailures;
  return seconds(Math.sqrt(2 * checkpoint * betweenFailures) * (1 + Math.sqrt(ratio) / 3 + ratio / 9) - checkpoint);
};
