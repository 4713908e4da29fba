import { type Explanation, type Plan, type PlanLine, payingLine } from "@headroom/core";
import { counted, formatHourlyCount } from "../format/quantities.ts";
import { acceleratorName } from "./accelerator-name.ts";
import { relaxationInWords, relaxedValue } from "./apply-relaxation.ts";
import { boughtAs, thereFor } from "./offer-words.ts";

/** So many lines are read in one breath; the table has them all. */
const mostTold = 6;

/** The answer in one sentence: what to rent, where and how; of a staged plan, to begin with. */
export const planSentence = ({ lines, stages, cost, explanation }: Plan): string => {
  if (!cost || lines.length === 0) return noPlan(explanation);
  const paying = lines.filter((line) => payingLine(line) === undefined);
  if (!stages) return `Rent ${rented(paying)}.`;
  const first = paying.filter(({ active }) => (active?.fromHour ?? 0) === 0).map(({ active: _, ...line }) => line);
  return `To begin with, rent ${rented(first)}. What changes after that stands below.`;
};

const rented = (lines: readonly PlanLine[]): string => {
  if (lines.length <= mostTold) return inAList(lines.map(rent));
  const dearest = lines.toSorted((a, b) => Number(b.usdPerHour) - Number(a.usdPerHour)).slice(0, mostTold);
  return inAList([...dearest.map(rent), `${lines.length - mostTold} smaller purchases`]);
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
