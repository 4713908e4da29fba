import type { PlanLine } from "@headroom/core";
import { Detail } from "@/components/ui/detail.tsx";
import { priceTrustWords } from "@/lib/plan/offer-words.ts";

type Price = Pick<PlanLine, "priceTrust" | "priceDate" | "priceSource">;

/** How far a price can be trusted and of which day it is, with its source behind it. */
export const PriceOrigin = ({ priceTrust, priceDate, priceSource }: Price) => {
  const { label, meaning } = priceTrustWords[priceTrust];
  return (
    <span className={`text-xs ${priceTrust === "assumed-discount" ? "text-warn" : "text-soft"}`}>
      <Detail
        detail={
          <>
            <span className="block">{meaning}</span>
            <span className="mt-1 block text-soft">
              Source: {priceSource}. Price of {priceDate}.
            </span>
          </>
        }
      >
        {label}, {priceDate}
      </Detail>
    </span>
  );
};
