import { defaultOwnership } from "../defaults.ts";
import { type Accelerator, findAccelerator } from "../hardware/index.ts";
import type { OwnedServers, PlanRequest, TotalCostOfOwnership } from "../request/plan-request.ts";
import {
  hoursPerMonth,
  hoursPerYear,
  type MicroUsd,
  microUsd,
  type Outcome,
  parseUsd,
  refuse,
  refuseAll,
  succeed,
  toUsd,
  under,
} from "../units/index.ts";
import type { Offer } from "./catalog.ts";

/** The caller's own servers as offers: at most `servers` of each, at what one costs an hour whether it works or not. */
export const ownedOffers = ({ market }: PlanRequest, asOf: string): Outcome<readonly Offer[]> => {
  const all = market?.owned ?? [];
  const servers = all.reduce((sum, owned) => sum + owned.servers, 0);
  const offers = all.map((owned, index) =>
    under(`/market/owned/${index}`, ownedOffer(owned, { index, tco: market?.tco ?? {}, servers, asOf })),
  );
  const errors = offers.flatMap((offer) => (offer.ok ? [] : offer.errors));
  return errors.length > 0 ? refuseAll(errors) : succeed(offers.flatMap((offer) => (offer.ok ? [offer.value] : [])));
};

interface Ownership {
  readonly index: number;
  readonly tco: TotalCostOfOwnership;
  readonly servers: number;
  readonly asOf: string;
}

const ownedOffer = (owned: OwnedServers, { index, tco, servers, asOf }: Ownership): Outcome<Offer> => {
  const accelerator = under("/accelerator", findAccelerator(owned.accelerator));
  if (!accelerator.ok) return accelerator;
  if (owned.installedAt === undefined && owned.serverUsd === undefined)
    return refuse("/serverUsd", "is needed where the servers are not installed yet");
  const kilowatts = owned.serverKw ?? serverKilowatts(accelerator.value, owned.acceleratorsPerServer);
  if (kilowatts === undefined) return refuse("/serverKw", `is needed: the power of ${accelerator.value.name} is not known here`);
  const what = owned.installedAt === undefined ? "bought" : "installed";
  return succeed({
    id: `owned/${index}/${accelerator.value.id}/${what}`,
    instanceType: {
      provider: "owned",
      name: `own ${owned.acceleratorsPerServer}x ${accelerator.value.id}`,
      accelerator: accelerator.value,
      accelerators: owned.acceleratorsPerServer,
      hostMemoryGib: undefined,
      network: owned.network ?? "ethernet",
      networkGbps: owned.networkGbps,
    },
    region: "own",
    zone: undefined,
    capacityType: "owned",
    term: undefined,
    listPrice: hourlyCost(owned, kilowatts, { tco, servers }),
    stock: owned.servers,
    trust: "list",
    source: what === "installed" ? "running cost from the request" : "total cost of ownership from the request",
    date: asOf,
  });
};

const serverKilowatts = ({ tdpWatts }: Accelerator, accelerators: number): number | undefined =>
  tdpWatts === undefined ? undefined : (tdpWatts * accelerators * defaultOwnership.serverPowerFactor) / 1000;

/**
 * What one server costs an hour.
 *
 *   kW · pue · USD/kWh + (kW · USD/kW-month + operations) / 730 + price · (1 / years + maintenance) / 8760 + updates / servers / 8760
 *
 * A server that is installed already is paid for: its price falls away, its maintenance stays.
 */
const hourlyCost = (
  { serverUsd, installedAt }: OwnedServers,
  kilowatts: number,
  { tco, servers }: { readonly tco: TotalCostOfOwnership; readonly servers: number },
): MicroUsd => {
  const terms = { ...defaultOwnership, ...tco };
  const price = serverUsd === undefined ? 0 : toUsd(parseUsd(serverUsd) ?? microUsd(0n));
  const depreciation = installedAt === undefined ? price / terms.depreciationYears / hoursPerYear : 0;
  const maintenance = (price * terms.maintenanceShare) / hoursPerYear;
  const power = kilowatts * terms.pue * terms.powerUsdPerKwh;
  const place = (kilowatts * terms.colocationUsdPerKwMonth + terms.operationsUsdPerServerMonth) / hoursPerMonth;
  const updates = terms.modelUpdateUsdPerYear / servers / hoursPerYear;
  return microUsd(BigInt(Math.max(1, Math.round((power + place + depreciation + maintenance + updates) * 1e6))));
};
