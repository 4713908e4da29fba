import { type PricedOffer, type Surcharges, storagePerHour } from "../market/index.ts";
import { formatUsd, type MicroUsd, microUsd, usd } from "../units/index.ts";
import type { PlanLine } from "./plan-document.ts";

/** What an instance costs an hour with the disk it holds, and the parts of that where storage is priced. */
export const linePrice = (
  offer: Pick<PricedOffer, "provider" | "usdPerInstanceHour">,
  storageGib: number,
  surcharges: Surcharges,
): Pick<PlanLine, "usdPerInstanceHour" | "priceParts"> => {
  if (!surcharges.storage) return { usdPerInstanceHour: offer.usdPerInstanceHour };
  const storage = storagePerHour(surcharges, offer.provider, storageGib);
  return {
    usdPerInstanceHour: formatUsd(microUsd(usd(offer.usdPerInstanceHour) + storage)),
    priceParts: { listUsdPerInstanceHour: offer.usdPerInstanceHour, storageUsdPerInstanceHour: formatUsd(storage) },
  };
};

/** The part of a line's price that the catalog lists. */
export const listPriceOf = ({ usdPerInstanceHour, priceParts }: Pick<PlanLine, "usdPerInstanceHour" | "priceParts">): MicroUsd =>
  usd(priceParts?.listUsdPerInstanceHour ?? usdPerInstanceHour);
