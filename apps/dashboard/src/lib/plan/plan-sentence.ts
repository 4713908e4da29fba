import type { Explanation, Plan, PlanLine } from "@headroom/core";
import { counted, formatHourlyCount } from "../format/quantities.ts";
import { acceleratorName } from "./accelerator-name.ts";
import { relaxationInWords, relaxedValue } from "./apply-relaxation.ts";
import { boughtAs, thereFor } from "./offer-words.ts";

/** The answer in one sentence: what to rent, where and how. */
export const planSentence = ({ lines, cost, explanation }: Plan): string => {
  if (!cost || lines.length === 0) return noPlan(explanation);
  return `Rent ${inAList(lines.filter(({ sharesInstancesOf }) => sharesInstancesOf === undefined).map(rent))}.`;
};

const noPlan = ({ relaxations: [first] = [] }: Explanation): string => {
  const none = "No plan meets this request at the catalog's prices and the estimates.";
  if (!first) return none;
  const change = `${relaxationInWords(first).toLowerCase()}: ${relaxedValue(first, first.to)} instead of ${relaxedValue(first, first.from)}`;
  return `${none} The cheapest change that makes it possible is ${change}.`;
};

const rent = (line: PlanLine): string => {
  const machine = `${line.instanceType} (${line.acceleratorsPerInstance} × ${acceleratorName(line.accelerator)})`;
  const place = `${formatHourlyCount(line.instances)} × ${machine} at ${line.provider} in ${line.region}`;
  return [place, boughtAs(line), ...(line.active ? [thereFor(line)] : [])].join(", ");
};

const inAList = (items: readonly string[]): string => {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join("; ")}; and ${last}`;
};

/** What the status claims, in words. */
export const proofSentence = ({ status, proof }: Plan): string => {
  if (status === "infeasible") return "No combination of offers in this catalog meets every target and rule.";
  if (proof.gap === null || proof.lowerBoundUsdPerHour === null)
    return "A plan that meets every target; no bound on what is possible was proved.";
  if (status === "optimal") return "Proved: no plan in this catalog costs less at these prices and estimates.";
  return "A plan that meets every target; a cheaper one may exist, but not below the bound.";
};

export const rulesChecked = ({ proof }: Plan): string => {
  const broken = proof.checks.filter(({ holds }) => !holds).length;
  return `${counted(proof.checks.length, "rule")} re-checked, ${broken === 0 ? "all hold" : `${broken} broken`}`;
};
