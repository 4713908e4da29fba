import { isCommitted, type Offer } from "@headroom/core";
import { allUnits, type BuyableUnit } from "../formulate/buyable-units.ts";
import { perHourOf } from "./batch-time.ts";
import type { FleetProblem } from "./fleet.ts";
import type { BatchQuestion } from "./place-batch.ts";

/** A service's commitment and the fastest way to run a job on its instances. */
export interface IdlePlace {
  readonly host: BuyableUnit;
  readonly unit: BuyableUnit;
}

export const idlePlaceOf = (host: BuyableUnit, question: BatchQuestion): IdlePlace | undefined => {
  const unit = fastestOn(host.offer, question);
  return unit && { host, unit };
};

/** The fastest way to run a job on an offer, if that is a commitment whose idle hours it may use. */
export const fastestOn = (offer: Offer, question: BatchQuestion): BuyableUnit | undefined =>
  isCommitted(offer) && mayUse(question)
    ? allUnits(question.candidates, [offer], question.rules).reduce<BuyableUnit | undefined>(
        (best, other) => (!best || perInstance(other) > perInstance(best) ? other : best),
        undefined,
      )
    : undefined;

/** Whether some commitment that the services may have could run a job when it is idle. */
export const mayUseIdle = (question: BatchQuestion, { needs, offers }: Pick<FleetProblem, "needs" | "offers">): boolean => {
  const committed = new Set(offers.filter(isCommitted));
  return (
    needs.length > 0 && mayUse(question) && question.candidates.some(({ shape }) => shape.offers.some((offer) => committed.has(offer)))
  );
};

/** Where disks, or answers' way out, are priced, a job would pay for them wherever it runs. */
const mayUse = ({ batch, rules: { surcharges } }: BatchQuestion): boolean =>
  batch.idleHours === "allowed" && !surcharges.storage && !surcharges.egress;

/** Requests an hour. */
export const perInstance = (unit: BuyableUnit): number => perHourOf(unit) / unit.instances;
