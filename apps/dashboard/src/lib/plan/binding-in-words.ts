import type { Explanation } from "@headroom/core";
import { formatCount, formatShare } from "../format/quantities.ts";

type Binding = Explanation["bindingConstraints"][number];

export interface BindingWords {
  readonly limit: string;
  readonly toSpare: string;
  /** What "one more" is of this limit. */
  readonly oneMore: string;
}

/** "spot share of at most 0.5 (one more: no limit)": the limit, and what would be tried instead. */
export const bindingInWords = ({ constraint, slack }: Binding): BindingWords => {
  const [, limit = constraint, oneMore = "one more"] = /^(.*?)(?: \(one more: (.+)\))?$/.exec(constraint) ?? [];
  const share = /^spot share of at most ([\d.]+)$/.exec(limit)?.[1];
  if (share !== undefined)
    return { limit: `Spot, at most ${formatShare(Number(share))} of the accelerators`, toSpare: formatShare(slack), oneMore };
  return {
    limit: limit.charAt(0).toUpperCase() + limit.slice(1),
    toSpare: formatCount(slack),
    oneMore: /^\d+$/.test(oneMore) ? `${oneMore} more` : oneMore,
  };
};
