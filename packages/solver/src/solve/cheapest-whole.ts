import { costOf, type Dictionary, emptyDictionary, mend, valuesOf } from "./dictionary.ts";
import { gomoryRows } from "./gomory-rows.ts";

/** Σ coefficient · x ≥ atLeast, over the columns named. */
export interface Row {
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
  readonly atLeast: number;
}

export interface WholeProgram {
  /** By column, none below 0. */
  readonly costs: readonly number[];
  /** Rows that values break, the more the better; none: whole values are a solution. */
  readonly brokenBy: (values: readonly number[]) => readonly Row[];
  /** A solution that is known. */
  readonly known: WholeSolution | undefined;
  readonly mostNodes: number;
  readonly isLate: () => boolean;
}

export interface WholeSolution {
  readonly cost: number;
  readonly counts: readonly number[];
}

export interface WholeAnswer {
  /** No whole solution costs less. */
  readonly lower: number;
  /** Undefined where none was found. */
  readonly best: WholeSolution | undefined;
}

/**
 * The cheapest whole x ≥ 0 that breaks no row. Rows are many and few of them bind, so they join as they are broken; at the first
 * node fractions are cut off as well (Gomory). Then counts are branched on, depth first, the cheaper side first.
 */
export const stats = { nodes: 0, calls: 0, late: 0 };

export const cheapestWhole = (program: WholeProgram): WholeAnswer => {
  stats.calls++;
  const search: Search = { program, best: program.known, lower: Number.POSITIVE_INFINITY, rows: 0 };
  const root = relaxed(search, emptyDictionary(program.costs));
  if (!root) return answerOf(search);
  const open = [tightened(search, root)];
  for (let nodes = 0; open.length > 0; nodes++) {
    const node = open.pop() as Dictionary;
    stats.nodes++;
    if (costOf(node) >= enough(search)) continue;
    if (nodes >= program.mostNodes || program.isLate()) {
      stats.late++;
      for (const left of [node, ...open]) search.lower = Math.min(search.lower, costOf(left));
      break;
    }
    open.push(...branched(search, node).toSorted((a, b) => costOf(b) - costOf(a)));
  }
  return answerOf(search);
};

interface Search {
  readonly program: WholeProgram;
  best: WholeSolution | undefined;
  /** Of what was given up. */
  lower: number;
  /** Rows so far, to number their slacks. */
  rows: number;
}

const answerOf = ({ best, lower }: Search): WholeAnswer => ({ best, lower: Math.min(lower, best?.cost ?? Number.POSITIVE_INFINITY) });

/** A cost that is as good as the best known. */
const enough = ({ best }: Search): number => (best ? best.cost - 1e-9 * Math.max(1, best.cost) : Number.POSITIVE_INFINITY);

const mostSteps = 2000;
const mostRounds = 200;

/** The node's relaxation with every row that it breaks; undefined where it holds nothing cheaper than the best, or is whole itself. */
const relaxed = (search: Search, node: Dictionary): Dictionary | undefined => {
  const { costs, brokenBy } = search.program;
  for (let round = 0; round < mostRounds; round++) {
    const mended = mend(node, { enough: enough(search), mostSteps });
    if (mended === "hopeless" || mended === "enough") return undefined;
    if (mended === "lost") break;
    const values = valuesOf(node, costs.length);
    const whole = values.map(Math.round);
    const isWhole = values.every((value, column) => Math.abs(value - (whole[column] ?? 0)) < wholeDust);
    const broken = brokenBy(isWhole ? whole : values);
    if (broken.length === 0) {
      if (!isWhole) return node;
      const cost = whole.reduce((sum, count, column) => sum + count * (costs[column] ?? 0), 0);
      if (cost < enough(search)) search.best = { cost, counts: whole };
      return undefined;
    }
    for (const row of broken) join(search, node, row);
  }
  search.lower = Math.min(search.lower, costOf(node));
  return undefined;
};

const wholeDust = 1e-7;

/** A row written with what is not basic now. */
const join = (search: Search, { table, basic, nonbasic }: Dictionary, { columns, coefficients, atLeast }: Row): void => {
  const row = new Float64Array(nonbasic.length + 1);
  row[0] = -atLeast;
  columns.forEach((column, at) => {
    const coefficient = coefficients[at] ?? 0;
    const ofBasic = table[basic.indexOf(column) + 1];
    if (basic.includes(column) && ofBasic) for (let entry = 0; entry < row.length; entry++) (row[entry] as number) += coefficient * (ofBasic[entry] as number);
    else {
      const entry = nonbasic.indexOf(column) + 1;
      if (entry > 0) (row[entry] as number) += coefficient;
    }
  });
  append(search, { table, basic, nonbasic }, row);
};

const append = (search: Search, { table, basic }: Dictionary, row: Float64Array): void => {
  basic.push(search.program.costs.length + search.rows++);
  table.push(row);
};

/** Rounds of cuts at the first node. */
const mostCutRounds = 6;

const tightened = (search: Search, root: Dictionary): Dictionary => {
  const variables = search.program.costs.length;
  let node = root;
  for (let round = 0; round < mostCutRounds; round++) {
    const before = costOf(node);
    const next = copyOf(search, node);
    for (const row of gomoryRows(next, variables)) append(search, next, row);
    const after = relaxed(search, next);
    if (!after) return costOf(next) > before ? next : node;
    node = withoutSlack(after, variables);
    if (costOf(node) < before + 1e-4 * Math.abs(before)) break;
  }
  return node;
};

/** Rows that do not bind go: they join again once they are broken. */
const withoutSlack = ({ table, basic, nonbasic }: Dictionary, variables: number): Dictionary => {
  const stays = basic.map((variable, row) => variable < variables || (table[row + 1]?.[0] ?? 0) <= 1e-9);
  return { table: table.filter((_, row) => row === 0 || stays[row - 1]), basic: basic.filter((_, row) => stays[row]), nonbasic };
};

/** Columns of which one alone makes it dearer than the best are left out: no cheaper solution has any. */
const copyOf = (search: Search, { table, basic, nonbasic }: Dictionary): Dictionary => {
  const [variables, room] = [search.program.costs.length, enough(search) - (table[0]?.[0] ?? 0)];
  const kept = nonbasic.flatMap((variable, at) => (variable >= variables || (table[0]?.[at + 1] ?? 0) < room ? [at + 1] : []));
  if (kept.length === nonbasic.length) return { table: table.map((row) => row.slice()), basic: [...basic], nonbasic: [...nonbasic] };
  return {
    table: table.map((row) => {
      const short = new Float64Array(kept.length + 1);
      short[0] = row[0] as number;
      for (let at = 0; at < kept.length; at++) short[at + 1] = row[kept[at] as number] as number;
      return short;
    }),
    basic: [...basic],
    nonbasic: kept.map((at) => nonbasic[at - 1] as number),
  };
};

/** One side with no more than the whole count below, one with no less than the one above; those that may hold something cheaper. */
const branched = (search: Search, node: Dictionary): Dictionary[] => {
  const row = branchingRow(search.program.costs, node);
  if (row === 0) return [];
  const floor = Math.floor(node.table[row]?.[0] ?? 0);
  return [1, -1].flatMap((side) => {
    const child = copyOf(search, node);
    const limit = (child.table[row] as Float64Array).map((entry) => side * entry);
    limit[0] = (limit[0] as number) - (side > 0 ? floor + 1 : -floor);
    append(search, child, limit);
    const solved = relaxed(search, child);
    return solved ? [solved] : [];
  });
};

/** The count whose rounding costs most. */
const branchingRow = (costs: readonly number[], { table, basic }: Dictionary): number => {
  let [most, chosen] = [0, 0];
  basic.forEach((variable, at) => {
    if (variable >= costs.length) return;
    const value = table[at + 1]?.[0] ?? 0;
    const part = value - Math.floor(value);
    const score = Math.min(part, 1 - part) * ((costs[variable] ?? 0) + 1e-3);
    if (part > wholeDust && part < 1 - wholeDust && score > most) [most, chosen] = [score, at + 1];
  });
  return chosen;
};
