import type { Row } from "./cheapest-whole.ts";
import type { Carrier, HourScene } from "./hour-scene.ts";

export interface HourAsked {
  /** By service: share of its busiest hour. */
  readonly loads: readonly number[];
  /** By column: what there is anyway. */
  readonly given: readonly number[];
  /** Columns of which there may be more. */
  readonly open: readonly number[];
  /** By column: so many of it in all; absent: as many as are sold. */
  readonly most?: readonly number[] | undefined;
}

/** Sums of floats may miss a whole by this much. */
const dust = 1e-8;

/**
 * What more of the open columns breaks in an hour: a row of each service, the room on each pool, the spot share, quotas and stock.
 *
 *   carried s r   Σ_c min( Σ_{u of c} worth_ur · n_u,  worth_cr · N_c ) ≥ load_s      c carriers of s; N_c instances of c's pool
 *   room o        accelerators_o · N_o − Σ_{u on o} size_u · n_u ≥ 0
 *   spot share    Σ_u accelerators_u · (σ − [u is spot]) · n_u ≥ 0
 *   quota q       − Σ_{u in q} accelerators_u (or instances_u) · n_u ≥ − max_q
 *
 * With what is given taken off the load, no coefficient need be more than what is left: of whole counts, one is then enough.
 */
export const hourRows = (scene: HourScene, asked: HourAsked): ((extra: readonly number[]) => readonly Row[]) => {
  const place = new Array<number>(scene.columns.length).fill(-1);
  asked.open.forEach((column, at) => {
    place[column] = at;
  });
  const linear = linearRows(scene, asked, place);
  const covers = coversOf(scene, asked);
  return (extra) => {
    const broken = linear.filter(({ columns, coefficients, atLeast }) => sumAt(columns, coefficients, extra) < atLeast - dust);
    for (const ofService of covers) {
      const row = mostBrokenCover(ofService, { given: asked.given, place, extra });
      if (row) broken.push(row);
    }
    return broken;
  };
};

const sumAt = (columns: readonly number[], coefficients: readonly number[], values: readonly number[]): number => {
  let sum = 0;
  for (let at = 0; at < columns.length; at++) sum += (coefficients[at] as number) * (values[columns[at] as number] as number);
  return sum;
};

const linearRows = ({ columns, pools, rules }: HourScene, { given, open, most }: HourAsked, place: readonly number[]): Row[] => {
  const rowOf = (coefficientOf: (column: number) => number, atLeast: number): Row => {
    const used = open.filter((column) => coefficientOf(column) !== 0);
    const there = columns.reduce((sum, _, column) => sum + coefficientOf(column) * (given[column] ?? 0), 0);
    return { columns: used.map((column) => place[column] ?? 0), coefficients: used.map(coefficientOf), atLeast: atLeast - there };
  };
  const rooms = pools.map(({ instances, accelerators, replicas }) => {
    const sizes = new Map(replicas.map(({ column, size }) => [column, -size]));
    return rowOf((column) => (column === instances ? accelerators : (sizes.get(column) ?? 0)), 0);
  });
  const quotas = rules.quotas.map(({ max, counts }, quota) =>
    rowOf((column) => {
      const unit = columns[column];
      return unit?.quotas.includes(quota) ? -(counts === "accelerators" ? unit.accelerators : unit.instances) : 0;
    }, -max),
  );
  const mostOf = (column: number) => Math.min(columns[column]?.most ?? 0, most?.[column] ?? Number.POSITIVE_INFINITY);
  const stocks = open
    .filter((column) => Number.isFinite(mostOf(column)))
    .map((column) => rowOf((other) => (other === column ? -1 : 0), -mostOf(column)));
  const limitsSpot = rules.spotMaxShare < 1 && columns.some(({ spot }) => spot);
  const addsOf = (column: number) => (columns[column]?.accelerators ?? 0) * (rules.spotMaxShare - (columns[column]?.spot ? 1 : 0));
  return [...rooms, ...quotas, ...stocks, ...(limitsSpot ? [rowOf(addsOf, 0)] : [])];
};

/** What a service's rows ask of the open columns. */
interface Covers {
  readonly carriers: readonly Carrier[];
  /** By row: the load less what is given, each carrier by its replicas. */
  readonly missing: readonly number[];
}

const coversOf = ({ carriers, rowsOf }: HourScene, { loads, given }: HourAsked): readonly Covers[] =>
  carriers.map((own, need) => {
    const load = loads[need] ?? 0;
    const missing = Array.from({ length: load > 0 ? (rowsOf[need] ?? 0) : 0 }, (_, row) =>
      own.reduce((left, carrier) => left - givenBy(carrier, row, given), load),
    );
    return { carriers: own, missing };
  });

const givenBy = ({ columns, worths }: Carrier, row: number, given: readonly number[]): number =>
  columns.reduce((sum, column, at) => sum + (worths[at]?.[row] ?? 0) * (given[column] ?? 0), 0);

interface Point {
  readonly given: readonly number[];
  readonly place: readonly number[];
  readonly extra: readonly number[];
}

/** The row that is kept least, measured by what is missing. */
const mostBrokenCover = ({ carriers, missing }: Covers, point: Point): Row | undefined => {
  const used = carriers.filter(({ columns }) => columns.some((column) => (point.extra[point.place[column] ?? -1] ?? 0) > 0));
  let [least, chosen] = [1 - dust, -1];
  for (let row = 0; row < missing.length; row++) {
    const left = missing[row] as number;
    if (left <= dust) continue;
    let carried = 0;
    for (const carrier of used) carried += Math.min(byReplicas(carrier, row, left, point), byInstances(carrier, row, left, point));
    if (carried < least * left) [least, chosen] = [carried / left, row];
  }
  return chosen < 0 ? undefined : coverRow(carriers, { row: chosen, left: missing[chosen] as number }, point);
};

/** What more of a carrier's columns carries, none of them more than is left. */
const byReplicas = ({ columns, worths }: Carrier, row: number, left: number, { place, extra }: Point): number => {
  let carried = 0;
  for (let at = 0; at < columns.length; at++) {
    const count = extra[place[columns[at] as number] as number];
    if (count) carried += count * Math.min(left, worths[at]?.[row] as number);
  }
  return carried;
};

/** What its instances let it carry beyond what it is given. */
const byInstances = (carrier: Carrier, row: number, left: number, { given, place, extra }: Point): number => {
  const { pool } = carrier;
  if (!pool) return Number.POSITIVE_INFINITY;
  const worth = pool.worths[row] as number;
  const there = (given[pool.instances] ?? 0) * worth - givenBy(carrier, row, given);
  return there + (extra[place[pool.instances] ?? -1] ?? 0) * Math.min(left, worth);
};

/** Each carrier by its replicas or by its instances, whichever says less here. */
const coverRow = (carriers: readonly Carrier[], { row, left }: { readonly row: number; readonly left: number }, point: Point): Row => {
  let missing = left;
  const taken: { readonly at: number; readonly worth: number }[] = [];
  const take = (column: number, worth: number) => {
    const at = point.place[column] ?? -1;
    if (at >= 0 && worth > 0) taken.push({ at, worth });
  };
  for (const carrier of carriers) {
    const { columns, worths, pool } = carrier;
    if (pool && byInstances(carrier, row, left, point) < byReplicas(carrier, row, left, point)) {
      const worth = pool.worths[row] as number;
      missing -= (point.given[pool.instances] ?? 0) * worth - givenBy(carrier, row, point.given);
      take(pool.instances, worth);
    } else columns.forEach((column, at) => void take(column, worths[at]?.[row] ?? 0));
  }
  return { columns: taken.map(({ at }) => at), coefficients: taken.map(({ worth }) => Math.min(1, worth / missing)), atLeast: 1 };
};
