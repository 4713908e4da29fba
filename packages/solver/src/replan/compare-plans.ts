import { isThereAtFirst, mostOf, type Plan, type PlanChange, type PlanLine, payingLine } from "@headroom/core";

/** Every price that moved between two versions of the same lines, once for each offer. */
export const priceChanges = (before: Plan, after: Plan): PlanChange[] => {
  const seen = new Set<string>();
  return before.lines.flatMap((line, index) => {
    const now = after.lines[index];
    if (!now || now.usdPerInstanceHour === line.usdPerInstanceHour || seen.has(line.offerId)) return [];
    seen.add(line.offerId);
    return [
      {
        kind: "price",
        detail: `${nameOf(line)} went from ${line.usdPerInstanceHour} to ${now.usdPerInstanceHour} USD per instance-hour`,
        offerId: line.offerId,
        before: line.usdPerInstanceHour,
        after: now.usdPerInstanceHour,
      },
    ];
  });
};

/**
 * How one plan's lines become the other's: what is added, removed, or bought in another number; of shared instances, run on them. Of
 * staged plans in the first stage.
 */
export const lineChanges = (before: Plan, after: Plan): PlanChange[] => {
  const old = instancesByLine(before);
  const fresh = instancesByLine(after);
  const keys = [...new Set([...old.keys(), ...fresh.keys()])].toSorted();
  return keys.flatMap((key) => changeOf(old.get(key), fresh.get(key)));
};

interface Bought {
  readonly line: PlanLine;
  /** Instances, or replicas where another line pays for the instances. */
  readonly count: number;
}

/** Lines of one service on one offer, in one layout and precision, are one thing to whoever operates them. */
const instancesByLine = ({ lines }: Plan): Map<string, Bought> => {
  const bought = new Map<string, Bought>();
  for (const line of lines.filter(isThereAtFirst)) {
    const key = JSON.stringify([line.for, line.offerId, line.layout, line.precision, isGuest(line)]);
    bought.set(key, { line, count: (bought.get(key)?.count ?? 0) + mostOf(isGuest(line) ? line.replicas : line.instances) });
  }
  return bought;
};

const changeOf = (old: Bought | undefined, fresh: Bought | undefined): PlanChange[] => {
  const line = fresh?.line ?? old?.line;
  const before = old?.count ?? 0;
  const after = fresh?.count ?? 0;
  if (!line || before === after) return [];
  const common = { for: line.for, offerId: line.offerId, before, after };
  if (isGuest(line)) return [{ ...common, ...guestChange(line, before, after) }];
  if (before === 0) return [{ ...common, kind: "line-added", detail: `${line.for}: rent ${after} of ${nameOf(line)}` }];
  if (after === 0) return [{ ...common, kind: "line-removed", detail: `${line.for}: give up ${before} of ${nameOf(line)}` }];
  return [{ ...common, kind: "line-resized", detail: `${line.for}: ${after} instead of ${before} of ${nameOf(line)}` }];
};

const isGuest = (line: PlanLine): boolean => payingLine(line) !== undefined;

const guestChange = (line: PlanLine, before: number, after: number): Pick<PlanChange, "kind" | "detail"> => {
  const where = `${line.idle ? "idle hours" : "shared instances"} of ${nameOf(line)}`;
  if (before === 0) return { kind: "line-added", detail: `${line.for}: run ${after} replicas on ${where}` };
  if (after === 0) return { kind: "line-removed", detail: `${line.for}: run no replicas on ${where}` };
  return { kind: "line-resized", detail: `${line.for}: ${after} instead of ${before} replicas on ${where}` };
};

export const nameOf = ({ instanceType, provider, region, capacityType, term }: PlanLine): string =>
  `${instanceType} at ${provider} in ${region}, ${capacityType}${term === undefined ? "" : ` for ${term}`}`;
