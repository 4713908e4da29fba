import type { Plan } from "@headroom/core";
import { formatCount, formatShare } from "../format/quantities.ts";

type Value = Plan["assumptions"][string];

interface AssumptionWords {
  readonly label: string;
  readonly write?: (value: number) => string;
}

const hours = (value: number): string => `${formatCount(value)} hours`;

const known: Readonly<Record<string, AssumptionWords>> = {
  capacityTypes: { label: "Ways to buy" },
  commitmentTerms: { label: "Commitment terms" },
  spotMaxShare: { label: "Spot, at most of the accelerators", write: formatShare },
  horizonHours: { label: "Horizon", write: hours },
  hoursPerMonth: { label: "Month", write: hours },
  spotHazardPerHour: { label: "Spot instances lost an instance-hour", write: formatShare },
  spotReplacementHours: { label: "Until a lost spot instance is replaced", write: hours },
  storage: { label: "Storage" },
  egress: { label: "Egress" },
  performance: { label: "Speed estimates" },
  percentile: { label: "Percentile of the targets" },
  gap: { label: "Gap at which solving stops", write: formatShare },
  timeLimitSeconds: { label: "Time limit of a solve", write: (value) => `${formatCount(value)} s` },
};

/** Every assumption with its unit; one that has no words here keeps its own name. */
export const assumptionsInWords = (assumptions: Plan["assumptions"]): { readonly label: string; readonly value: string }[] =>
  Object.entries(assumptions).map(([name, value]) => ({ label: known[name]?.label ?? spaced(name), value: written(name, value) }));

const written = (name: string, value: Value): string => {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return (known[name]?.write ?? formatCount)(value);
  return value === "" ? "none" : value;
};

/** "spotHazardPerHour" as "Spot hazard per hour". */
const spaced = (name: string): string => {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};
