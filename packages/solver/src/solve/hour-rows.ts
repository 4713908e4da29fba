import type { Row } from "./cheapest-whole.ts";
import type { Carrier, HourScene } from "./hour-scene.ts";

export interface HourAsked {
  /** By service: share of its busiest hour. */
  readonly loads: readonly number[];
  /** By column: what there is anyway. */
  readonly given: readonly number[];
  /** Columns of which there may be more. */
  readonly open: readonly number[];
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
  return (extra) => {
    const broken = linear.filter(({ columns, coefficients, atLeast }) => sumAt(columns, coefficients, extra) < atLeast - dust);
    scene.needs.forEach((_, need) => {
      const row = mostBrokenCover(scene, asked, { need, place, extra });
      if (row) broken.push(row);
    });
    return broken;
  };
};

const sumAt = (columns: readonly number[], coefficients: readonly number[], values: readonly number[]): number => {
  let sum = 0;
  for (let at = 0; at < columns.length; at++) sum += (coefficients[at] as number) * (values[columns[at] as number] as number);
  return sum;
};

const linearRows = ({ columns, pools, rules }: HourScene, { given, open }: HourAsked, place: readonly number[]): Row[] => {
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
  const stocks = open
    .filter((column) => Number.isFinite(columns[column]?.most))
    .map((column) => rowOf((other) => (other === column ? -1 : 0), -(columns[column]?.most ?? 0)));
  const limitsSpot = rules.spotMaxShare < 1 && columns.some(({ spot }) => spot);
  const addsOf = (column: number) => (columns[column]?.accelerators ?? 0) * (rules.spotMaxShare - (columns[column]?.spot ? 1 : 0));
  return [...rooms, ...quotas, ...stocks, ...(limitsSpot ? [rowOf(addsOf, 0)] : [])];
};

interface Point {
  readonly need: number;
  readonly place: readonly number[];
  readonly extra: readonly number[];
}

const mostBrokenCover = (scene: HourScene, asked: HourAsked, point: Point): Row | undefined => {
  const load = asked.loads[point.need] ?? 0;
  if (load <= 0) return undefined;
  let [most, chosen] = [dust, undefined as Row | undefined];
  for (let row = 0; row < (scene.rowsOf[point.need] ?? 0); row++) {
    const cover = coverAt(scene.carriers[point.need] ?? [], asked, { ...point, row, load });
    if (cover.missing <= dust) continue;
    const short = 1 - cover.carried / cover.missing;
    if (short > most) [most, chosen] = [short, rowOfCover(cover)];
  }
  return chosen;
};

interface Cover {
  /** What the open columns must carry, and what they do. */
  readonly missing: number;
  readonly carried: number;
  readonly places: readonly number[];
  readonly worths: readonly number[];
}

const rowOfCover = ({ missing, places, worths }: Cover): Row => ({
  columns: places,
  coefficients: worths.map((worth) => Math.min(1, worth / missing)),
  atLeast: 1,
});

/** Each carrier by its replicas or by its instances, whichever says less. */
const coverAt = (
  carriers: readonly Carrier[],
  { given }: HourAsked,
  { place, extra, row, load }: Point & { readonly row: number; readonly load: number },
): Cover => {
  const places: number[] = [];
  const worths: number[] = [];
  let missing = load;
  const take = (column: number, worth: number) => {
    missing -= worth * (given[column] ?? 0);
    const at = place[column] ?? -1;
    if (at < 0 || worth <= 0) return;
    places.push(at);
    worths.push(worth);
  };
  const carriedBy = (column: number, worth: number): number =>
    worth * (given[column] ?? 0) + Math.min(worth, load) * (extra[place[column] ?? -1] ?? 0);
  for (const { columns, worths: ofColumns, pool } of carriers) {
    if (pool) {
      let byReplicas = 0;
      for (let at = 0; at < columns.length; at++) byReplicas += carriedBy(columns[at] as number, ofColumns[at]?.[row] as number);
      const worth = pool.worths[row] as number;
      if (carriedBy(pool.instances, worth) < byReplicas) {
        take(pool.instances, worth);
        continue;
      }
    }
    for (let at = 0; at < columns.length; at++) take(columns[at] as number, ofColumns[at]?.[row] as number);
  }
  let carried = 0;
  for (let at = 0; at < places.length; at++) carried += Math.min(worths[at] as number, missing) * (extra[places[at] as number] as number);
  return { missing, carried, places, worths };
};
