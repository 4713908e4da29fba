import type { ServiceNeed } from "../candidates/index.ts";
import { hasHostMemory, leastHostMemoryGib, type PricedOffer } from "../market/index.ts";
import type { CheckedRule, CheckInput } from "./check-input.ts";
import { checkPeople } from "./check-people.ts";
import { lineEgress } from "./line-egress.ts";
import { lineHas, lineNeeds, storageGibOf } from "./line-needs.ts";
import { linePrice } from "./line-price.ts";
import { offloadedGibOf } from "./offloaded-gib.ts";
import type { PlanLine } from "./plan-document.ts";

/** What stands beside the offer's list price: storage in the instance's price, egress of the line's answers, and the host itself. */
export const checkSurcharges = (input: CheckInput): CheckedRule[] => [
  { rule: "price", violations: ofEachLine(input, priceViolations) },
  { rule: "egress", violations: ofEachLine(input, egressViolations) },
  { rule: "host", violations: ofEachLine(input, hostViolations) },
  ...(input.needs.some(({ unit }) => unit.kind === "users") ? [checkPeople(input)] : []),
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
  const need = needOf(input, line);
  const derived = need
    ? linePrice(offer, storageGibOf(need), input.rules.surcharges)
    : { usdPerInstanceHour: offer.usdPerInstanceHour, priceParts: undefined };
  return [
    ...differs("usdPerInstanceHour", line.usdPerInstanceHour, derived.usdPerInstanceHour),
    ...differs("priceParts", line.priceParts, derived.priceParts),
  ];
};

const egressViolations = ({ input, line, index }: OfLine): string[] =>
  differs("egress", line.egress, line.training ? undefined : lineEgress(input, line, index));

const hostViolations = ({ input, line, offer }: OfLine): string[] => {
  const need = needOf(input, line);
  if (!need) return differs("has", line.has, undefined);
  const { hostMemoryGib, acceleratorsPerInstance: accelerators } = offer;
  const offloadedGib = offloadedGibOf(line, need, offer);
  const { instancesPerReplica } = line;
  const needs = lineNeeds({ need, acceleratorsPerInstance: accelerators, instancesPerReplica, offloadedGib });
  return [
    ...differs("has", line.has, lineHas(needs, offer)),
    ...(hasHostMemory({ hostMemoryGib, accelerators }, offloadedGib)
      ? []
      : [`${hostMemoryGib} GiB of host memory are less than the ${leastHostMemoryGib(accelerators, offloadedGib)} that it takes`]),
  ];
};

/** Undefined for training, which is priced without storage and egress. */
const needOf = ({ needs }: CheckInput, line: PlanLine): ServiceNeed | undefined =>
  line.training ? undefined : needs.find(({ name }) => name === line.for);

const differs = (field: string, claimed: unknown, derived: unknown): string[] =>
  JSON.stringify(claimed) === JSON.stringify(derived)
    ? []
    : [`${field} is ${JSON.stringify(derived) ?? "not there"}, not ${JSON.stringify(claimed) ?? "absent"}`];
