import type { Candidate, Rejection } from "@headroom/core";

/**
 * Hundreds of layouts are refused; a reader wants to know of each accelerator how near it came. Where it serves over
 * several instances, the nearest attempt on one instance is told; where it does not serve at all, the nearest of all.
 * The nearest accelerators come first.
 */
export const closestAttempts = (rejections: readonly Rejection[], candidates: readonly Candidate[]): Rejection[] => {
  const closest = new Map<string, Rejection>();
  for (const rejection of rejections) {
    const key = keyOf(rejection.service, rejection.accelerator.id);
    const works = candidates.filter((candidate) => keyOf(candidate.need.name, candidate.shape.accelerator.id) === key);
    const worksOnOne = works.some(({ instancesPerReplica }) => instancesPerReplica === 1);
    if (worksOnOne || (works.length > 0 && rejection.instances > 1)) continue;
    const other = closest.get(key);
    if (!other || isCloser(rejection, other)) closest.set(key, rejection);
  }
  return [...closest.values()].toSorted((a, b) => progress(b) - progress(a) || missing(a) - missing(b) || (a.what < b.what ? -1 : 1));
};

const keyOf = (service: string, accelerator: string): string => `${service}\n${accelerator}`;

/** How far an attempt came before it was refused. */
const progress = ({ code }: Rejection): number => {
  switch (code) {
    case "ttft":
    case "tpot":
    case "request-latency":
      return 3;
    case "context":
      return 2;
    case "memory":
    case "host-memory":
      return 1;
    case "precision":
    case "engine":
      return 0;
  }
};

const isCloser = (a: Rejection, b: Rejection): boolean => {
  if (progress(a) !== progress(b)) return progress(a) > progress(b);
  return missing(a) < missing(b);
};

const asksForMore: ReadonlySet<Rejection["code"]> = new Set(["memory", "context", "host-memory"]);

/** What is asked for against what there is: memory and context ask for more of it, latency for less. */
const missing = ({ code, required = 0, available = 0 }: Rejection): number => {
  const [need, have] = asksForMore.has(code) ? [required, available] : [available, required];
  return have > 0 ? need / have : Number.POSITIVE_INFINITY;
};
