import type { BuyingRules, ServiceNeed } from "@headroom/core";
import type { BuyableUnit, Switching } from "../formulate/buyable-units.ts";
import { poolUnits } from "../formulate/formulate-sharing.ts";
import { onUndominatedOffers } from "../formulate/undominated-offers.ts";
import { coverRows, isExactlyCovered } from "./cover-rows.ts";
import type { FleetAsked } from "./fleet-outcome.ts";

/** What may be counted in an hour of several services, and what carries what. */
export interface HourScene {
  readonly needs: readonly ServiceNeed[];
  readonly rules: BuyingRules;
  /** Whole units, single replicas, and the instances these run on. */
  readonly columns: readonly BuyableUnit[];
  /** By column: the unit as it is bought whole; undefined for instances by themselves. */
  readonly wholes: readonly (BuyableUnit | undefined)[];
  readonly pools: readonly ScenePool[];
  /** By service. */
  readonly carriers: readonly (readonly Carrier[])[];
  /** By service: how many rows say whether a load is carried. */
  readonly rowsOf: readonly number[];
}

/** Instances of one offer that several services may share. */
export interface ScenePool {
  readonly instances: number;
  readonly accelerators: number;
  readonly replicas: readonly { readonly column: number; readonly size: number }[];
}

/** Whole units of one kind, or one service's replicas on a pool. */
export interface Carrier {
  readonly columns: readonly number[];
  /** By column of the carrier and row. */
  readonly worths: readonly (readonly number[])[];
  /** Where they run on a pool: its instances, and what one carries at most, by row. */
  readonly pool: { readonly instances: number; readonly worths: readonly number[] } | undefined;
}

/** Undefined where rows cannot say exactly what carries a service. */
export const hourScene = ({ problem: { needs, rules, switching }, units, divided }: FleetAsked): HourScene | undefined => {
  const { columns, wholes, pools } = pooledColumns(units, divided?.shareable ?? [], rules, switching);
  const carried = needs.map((need) => carriersOf(need, columns, pools));
  if (carried.some((one) => !one)) return undefined;
  return {
    needs,
    rules,
    columns,
    wholes,
    pools,
    carriers: carried.map((one) => one?.carriers ?? []),
    rowsOf: carried.map((one) => one?.rows ?? 0),
  };
};

const pooledColumns = (units: readonly BuyableUnit[], shareable: readonly BuyableUnit[], rules: BuyingRules, switching: Switching) => {
  const shared = onUndominatedOffers(shareable, rules, switching);
  const others = units.filter((unit) => !shareable.includes(unit));
  const pooled = poolUnits(shared, others);
  const pools = pooled.pools.map(
    ({ instances, replicas }): ScenePool => ({
      instances,
      accelerators: pooled.units[instances]?.accelerators ?? 0,
      replicas: replicas.map(({ unit, size }) => ({ column: unit, size })),
    }),
  );
  return { columns: pooled.units, wholes: pooled.wholes, pools };
};

const carriersOf = (need: ServiceNeed, columns: readonly BuyableUnit[], pools: readonly ScenePool[]) => {
  const own = columns.flatMap((unit, column) => (unit.candidate.need === need ? [column] : []));
  const shares = own.map((column) => need.classes.map(({ amount }, at) => (columns[column]?.capacities[at] ?? 0) / amount));
  if (!isExactlyCovered(shares)) return undefined;
  const rows = coverRows(shares);
  const worthsOf = (column: number) => rows.map((row) => row[own.indexOf(column)] ?? 0);
  const onPools = new Set(pools.flatMap(({ replicas }) => replicas.map(({ column }) => column)));
  const alone = own
    .filter((column) => !onPools.has(column))
    .map((column): Carrier => ({ columns: [column], worths: [worthsOf(column)], pool: undefined }));
  const pooled = pools.flatMap(({ instances, accelerators, replicas }): Carrier[] => {
    const running = replicas.filter(({ column }) => own.includes(column));
    if (running.length === 0) return [];
    const worths = running.map(({ column }) => worthsOf(column));
    const most = rows.map((_, row) => Math.max(...running.map(({ size }, at) => ((worths[at]?.[row] ?? 0) * accelerators) / size)));
    return [{ columns: running.map(({ column }) => column), worths, pool: { instances, worths: most } }];
  });
  return { carriers: [...alone, ...pooled], rows: rows.length };
};
