import { hasHostMemory, leastHostMemoryGib, type PricedOffer } from "../market/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { lineEgress } from "./line-egress.ts";
import { lineHas, lineNeeds } from "./line-needs.ts";
import { linePrice } from "./line-price.ts";
import type { PlanLine } from "./plan-document.ts";

/** What stands beside the offer's list price: storage in the instance's price, egress of the line's answers, and the host itself. */
export const checkSurcharges = (input: CheckInput): CheckedRule[] => [
  { rule: "price", violations: ofEachLine(input, priceViolations) },
  { rule: "egress", violations: ofEachLine(input, egressViolations) },
  { rule: "host", violations: ofEachLine(input, hostViolations) },
];

interface OfLine {
  readonly input: CheckInput;
  readonly line: PlanLine;
  readonly index: number;
  readonly offer: PricedOffer;
}

const ofEachLine = (input: CheckInput, violationsOf: (of: OfLine) => string[]): string[] =>
  input.plan.lines.flatMap((line, index) => {
    const offer = input.plan.offers.find(({ offerId }) => offerId === line.offerId);
    return offer ? violationsOf({ input, line, index, offer }).map((violation) => `line ${index}: ${violation}`) : [];
  });

const priceViolations = ({ input, line, offer }: OfLine): string[] => {
  const needs = needsOf(input, line);
  const derived = needs ? linePrice(offer, needs.storageGib, input.rules.surcharges) : { usdPerInstanceHour: offer.usdPerInstanceHour };
  return [
    ...differs("usdPerInstanceHour", line.usdPerInstanceHour, derived.usdPerInstanceHour),
    ...differs("priceParts", line.priceParts, "priceParts" in derived ? derived.priceParts : undefined),
  ];
};

const egressViolations = ({ input, line, index }: OfLine): string[] =>
  differs("egress", line.egress, line.training ? undefined : lineEgress(input, line, index));

const hostViolations = ({ input, line, offer }: OfLine): string[] => {
  const needs = needsOf(input, line);
  const { hostMemoryGib, acceleratorsPerInstance: accelerators } = offer;
  return [
    ...differs("has", line.has, needs && lineHas(needs, offer)),
    ...(needs && !hasHostMemory({ hostMemoryGib, accelerators })
      ? [`${hostMemoryGib} GiB of host memory are less than the ${leastHostMemoryGib(accelerators)} that an engine takes`]
      : []),
  ];
};

/** Undefined for training, which is priced without them. */
const needsOf = ({ needs }: CheckInput, line: PlanLine): PlanLine["needs"] | undefined => {
  const need = line.training ? undefined : needs.find(({ name }) => name === line.for);
  return need && lineNeeds({ need, acceleratorsPerInstance: line.acceleratorsPerInstance, instancesPerReplica: line.instancesPerReplica });
};

const differs = (field: string, claimed: unknown, derived: unknown): string[] =>
  JSON.stringify(claimed) === JSON.stringify(derived)
    ? []
    : [`${field} is ${JSON.stringify(derived) ?? "not there"}, not ${JSON.stringify(claimed) ?? "absent"}`];
