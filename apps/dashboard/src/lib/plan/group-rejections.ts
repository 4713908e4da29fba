import type { RejectionDocument } from "@headroom/core";

/** Rejections by what a reader asks: too dear, too small, too slow, impossible, or simply not on sale. */
export interface RejectionGroups {
  readonly dearer: readonly RejectionDocument[];
  readonly tooSmall: readonly RejectionDocument[];
  readonly tooSlow: readonly RejectionDocument[];
  readonly cannotRun: readonly CannotRun[];
  readonly notForSale: readonly RejectionDocument[];
}

export interface CannotRun {
  readonly reason: string;
  readonly whats: readonly string[];
}

const isTooSmall = ({ code }: RejectionDocument): boolean => code === "memory" || code === "context";
const isTooSlow = ({ code }: RejectionDocument): boolean => code === "ttft" || code === "tpot" || code === "request-latency";
const isImpossible = ({ code }: RejectionDocument): boolean => code === "precision" || code === "engine" || code === "host-memory";

export const groupRejections = (rejections: readonly RejectionDocument[]): RejectionGroups => {
  const impossible = rejections.filter(isImpossible);
  return {
    dearer: rejections.filter(({ code }) => code === "dearer"),
    tooSmall: rejections.filter(isTooSmall),
    tooSlow: rejections.filter(isTooSlow),
    cannotRun: [...new Set(impossible.map(({ detail }) => detail))].map((reason) => ({
      reason,
      whats: [...new Set(impossible.filter(({ detail }) => detail === reason).map(({ what }) => what))],
    })),
    notForSale: rejections.filter(({ code }) => code === "not-for-sale"),
  };
};

/** The machines that a dearer way would rent, out of the API's sentence about it. */
export const wouldRent = ({ detail }: RejectionDocument): string => / with (.+): [\d.]+ more$/.exec(detail)?.[1] ?? detail;

/** What it costs more an hour, out of the same sentence, where no float has touched it. */
export const dearerBy = ({ detail }: RejectionDocument): string => /: ([\d.]+) more$/.exec(detail)?.[1] ?? "";

/** What is missing on each accelerator, in the rejection's own unit. */
export const missing = ({ required, available }: RejectionDocument): number | undefined =>
  required === null || available === null ? undefined : required - available;

/** What is missing on all accelerators together, as the API's sentence says it; the sentence where it says it otherwise. */
export const missingInAll = ({ detail }: RejectionDocument): string => /, ([\d.]+ \S+) in all$/.exec(detail)?.[1] ?? detail;
