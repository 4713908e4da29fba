import { defaultSurcharges } from "../defaults.ts";
import type { PlanRequest } from "../request/plan-request.ts";
import type { SurchargesRequest } from "../request/surcharges.ts";
import {
  divideUsd,
  hoursPerMonth,
  type MicroUsd,
  microUsd,
  noMoney,
  type Outcome,
  refuseAll,
  succeed,
  timesCount,
  toUsd,
  usd,
} from "../units/index.ts";
import type { Catalog } from "./catalog.ts";
import { typicalSurcharges } from "./data/typical-surcharges.ts";
import { unknownNames } from "./select-offers.ts";

/** What a provider charges for a gibibyte. */
type PriceOfProvider = (provider: string) => MicroUsd;

/** What providers charge beside the instance. */
export interface Surcharges {
  /** A month of a gibibyte on disk; undefined where storage is not priced. */
  readonly storage: PriceOfProvider | undefined;
  /** A gibibyte to the internet; undefined where egress is not priced. */
  readonly egress: PriceOfProvider | undefined;
  readonly bytesPerOutputToken: (serviceOrJob: string) => number;
}

export const surchargesOf = ({ market, batchJobs = [] }: PlanRequest): Surcharges => {
  const asked = market?.surcharges;
  const stated: Exclude<SurchargesRequest, string> = asked === "typical" ? typical : (asked ?? {});
  const bytes = stated.egressBytesPerOutputToken;
  const batch = new Set(batchJobs.map(({ name }) => name));
  return {
    storage: priceOf(stated, "storageUsdPerGibMonth"),
    egress: priceOf(stated, "egressUsdPerGib"),
    bytesPerOutputToken: (name) =>
      bytes ?? (batch.has(name) ? defaultSurcharges.bytesPerTokenSentWhole : defaultSurcharges.bytesPerTokenStreamed),
  };
};

const typical: Exclude<SurchargesRequest, string> = { ...typicalSurcharges, providers: [...typicalSurcharges.providers] };

/** Owned servers have their disks and lines in the cost of owning: only a price in their own name is added. */
const priceOf = (
  { providers = [], ...general }: Exclude<SurchargesRequest, string>,
  field: "storageUsdPerGibMonth" | "egressUsdPerGib",
): PriceOfProvider | undefined => {
  const own = new Map(providers.flatMap((row) => (row[field] === undefined ? [] : [[row.provider, usd(row[field])] as const])));
  if (own.size === 0 && general[field] === undefined) return undefined;
  const elsewhere = usd(general[field] ?? 0);
  return (provider) => own.get(provider) ?? (provider === "owned" ? noMoney : elsewhere);
};

/** Providers that the request prices by name must stand in the catalog, for they are most likely misspelt otherwise. */
export const knownSurcharges = ({ market }: PlanRequest, catalog: Catalog): Outcome<"known"> => {
  const asked = market?.surcharges;
  const providers = asked === undefined || asked === "typical" ? [] : (asked.providers ?? []);
  const errors = providers.flatMap(({ provider }, index) =>
    provider === "owned"
      ? []
      : unknownNames("", [provider], catalog, ({ instanceType }) => instanceType.provider).map(({ detail }) => ({
          pointer: `/providers/${index}/provider`,
          detail,
        })),
  );
  return errors.length > 0 ? refuseAll(errors) : succeed("known");
};

/** What the weights on an instance's disk cost in an hour: GiB · USD per GiB-month / 730, to the micro-dollar. */
export const storagePerHour = ({ storage }: Surcharges, provider: string, storageGib: number): MicroUsd =>
  storage ? divideUsd(timesCount(storage(provider), storageGib), hoursPerMonth) : noMoney;

/** What traffic costs in an hour: GiB an hour · USD per GiB, to the micro-dollar. */
export const egressPerHour = ({ egress }: Surcharges, provider: string, gibPerHour: number): MicroUsd =>
  egress ? microUsd(BigInt(Math.round(gibPerHour * toUsd(egress(provider)) * 1e6))) : noMoney;
