import { consolidate } from "./consolidate.ts";
import { alone, type FleetAsked } from "./fleet-outcome.ts";
import type { UnitCounts } from "./layered-fleet.ts";
import { replicasOf, type Settled, settlePools } from "./settle-pools.ts";

/** A fleet with its instances shared where that is allowed and saves some. */
export const sharedOut = ({ problem: { needs, rules, effort }, groups, divided }: FleetAsked, counts: UnitCounts): Settled =>
  divided
    ? settlePools(consolidate({ needs, rules, groups, effort, shareable: divided.shareable, replicas: replicasOf(counts) }))
    : alone(counts);
