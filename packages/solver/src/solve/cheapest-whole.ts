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
  /** What is cheaper by this share or less is not looked for. */
  readonly tolerance: number;
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
 *
 * The optimum is guessed to be a little above the relaxation: below a guess most columns are too dear by themselves and vanish.
 * A guess that finds nothing is a bound, and the next one is higher.
 */
export const cheapestWhole = (program: WholeProgram): WholeAnswer => {
  const search: Search = {
    program,
    best: program.known,
    guess: Number.POSITIVE_INFINITY,
    givenUp: Number.POSITIVE_INFINITY,
    rows: 0,
    nodes: 0,
  };
  const first = solved(search, begun(search, []));
  const root = first && tightened(search, first);
  if (!root) return { best: search.best, lower: leastOpen(search) };
  search.best ??= roundedUp(search.program, valuesOf(root, program.costs.length));
  const relaxation = costOf(root);
  let lower = relaxation;
  for (const above of guesses) {
    search.guess = Number.isFinite(above) ? relaxation * (1 + above) : above;
    search.givenUp = Number.POSITIVE_INFINITY;
    descend(search, root);
    lower = Math.max(lower, leastOpen(search));
    if (search.givenUp < Number.POSITIVE_INFINITY || (search.best && search.best.cost <= search.guess)) break;
  }
  return { best: search.best, lower };
};

/** Repairs of a rounded relaxation at most. */
const mostRepairs = 60;

/** Every count of a relaxation to the next whole one, and more of what mends a broken row for the least. */
const roundedUp = ({ costs, brokenBy }: WholeProgram, values: readonly number[]): WholeSolution | undefined => {
  const counts = values.map((value) => Math.ceil(value - wholeDust));
  for (let repair = 0; repair < mostRepairs; repair++) {
    const [row] = brokenBy(counts);
    if (!row) return { cost: costAt(costs, counts), counts };
    const missing = row.columns.reduce((left, column, at) => left - (row.coefficients[at] ?? 0) * (counts[column] ?? 0), row.atLeast);
    const mends = row.columns.map((column, at) => {
      const more = Math.ceil(missing / (row.coefficients[at] ?? 0) - wholeDust);
      return { column, more, cost: (row.coefficients[at] ?? 0) > 0 ? more * (costs[column] ?? 0) : Number.POSITIVE_INFINITY };
    });
    const least = mends.reduce((best, one) => (one.cost < best.cost ? one : best), { column: -1, more: 0, cost: Number.POSITIVE_INFINITY });
    if (least.column < 0) return undefined;
    counts[least.column] = (counts[least.column] ?? 0) + least.more;
  }
  return undefined;
};

/** What is left out costs this at least; where nothing but the best was left out for being as dear, the best itself. */
const leastOpen = (search: Search): number => Math.min(search.givenUp, enough(search) * (1 + dust));

/** Shares by which the optimum is guessed to be above the relaxation. */
const guesses = [0.01, 0.03, 0.08, 0.2, 0.5, Number.POSITIVE_INFINITY];

/** Everything below the guess, or as much of it as there are nodes for. */
const descend = (search: Search, root: Node): void => {
  const { mostNodes, isLate } = search.program;
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (costOf(node) >= enough(search)) continue;
    if (search.nodes++ >= mostNodes || isLate()) {
      search.givenUp = [node, ...open].reduce((least, left) => Math.min(least, costOf(left)), search.givenUp);
      return;
    }
    open.push(...branched(search, node).toSorted((one, other) => costOf(other) - costOf(one)));
  }
};

/** A relaxation, and the sides of what was branched on so far. */
interface Node extends Dictionary {
  readonly limits: readonly Row[];
}

interface Search {
  readonly program: WholeProgram;
  best: WholeSolution | undefined;
  guess: number;
  /** The least that was left open. */
  givenUp: number;
  /** Rows so far, to number their slacks. */
  rows: number;
  nodes: number;
}

/** What costs as much is of no interest. */
const enough = ({ best, guess, program: { tolerance } }: Search): number =>
  Math.min(guess, best ? best.cost * (1 - Math.max(dust, tolerance)) : Number.POSITIVE_INFINITY);

const dust = 1e-9;

const mostSteps = 2000;
const mostRounds = 200;

const begun = (search: Search, limits: readonly Row[]): Node => {
  const node = { ...emptyDictionary(search.program.costs), limits };
  for (const limit of limits) join(search, node, limit, firstLimit);
  return node;
};

/**
 * The node's relaxation with every row that it breaks; undefined where it holds nothing cheaper, or is whole itself. What gets lost
 * in sums of floats begins again, without cuts.
 */
const solved = (search: Search, node: Node): Node | undefined => {
  const first = relaxed(search, node);
  const again = first === "lost" ? begun(search, node.limits) : undefined;
  const found = again ? relaxed(search, again) : first;
  if (found === "lost") search.givenUp = Math.min(search.givenUp, costOf(node), costOf(again ?? node));
  return found === "relaxed" ? (again ?? node) : undefined;
};

const relaxed = (search: Search, node: Node): "relaxed" | "closed" | "lost" => {
  const { costs, brokenBy } = search.program;
  for (let round = 0; round < mostRounds; round++) {
    const mended = mend(node, { enough: enough(search), mostSteps });
    if (mended === "hopeless" || mended === "enough") return "closed";
    const values = valuesOf(node, costs.length);
    if (mended === "lost" || hasDrifted(node, costAt(costs, values))) return "lost";
    const whole = wholeValues(values);
    const broken = brokenBy(whole ?? values);
    if (broken.length === 0) return whole ? keep(search, whole) : "relaxed";
    for (const row of broken) join(search, node, row);
  }
  return "lost";
};

const keep = (search: Search, counts: readonly number[]): "closed" => {
  const cost = costAt(search.program.costs, counts);
  if (cost < enough(search)) search.best = { cost, counts };
  return "closed";
};

const wholeValues = (values: readonly number[]): readonly number[] | undefined => {
  const whole = values.map(Math.round);
  return values.every((value, column) => Math.abs(value - (whole[column] ?? 0)) < wholeDust) ? whole : undefined;
};

/** By so much of its cost a relaxation may be off. */
const drift = 1e-7;

const hasDrifted = (node: Node, cost: number): boolean => Math.abs(cost - costOf(node)) > drift * Math.max(1, costOf(node));

const costAt = (costs: readonly number[], values: readonly number[]): number =>
  values.reduce((sum, value, column) => sum + value * (costs[column] ?? 0), 0);

const wholeDust = 1e-7;

/** A row written with what is not basic now. */
const join = (search: Search, { table, basic, nonbasic }: Dictionary, { columns, coefficients, atLeast }: Row, first?: number): void => {
  const row = new Float64Array(nonbasic.length + 1);
  row[0] = -atLeast;
  columns.forEach((column, at) => {
    const coefficient = coefficients[at] ?? 0;
    const inBasic = basic.indexOf(column);
    if (inBasic >= 0) addTo(row, table[inBasic + 1] as Float64Array, coefficient);
    else {
      const entry = nonbasic.indexOf(column) + 1;
      if (entry > 0) row[entry] = (row[entry] as number) + coefficient;
    }
  });
  append(search, { table, basic }, row, first);
};

const addTo = (row: Float64Array, other: Float64Array, times: number): void => {
  for (let entry = 0; entry < row.length; entry++) row[entry] = (row[entry] as number) + times * (other[entry] as number);
};

/** Slacks of what is branched on have numbers from here: these rows hold for one side alone, and must stay. */
const firstLimit = 1e9;

const append = (
  search: Search,
  { table, basic }: Pick<Dictionary, "table" | "basic">,
  row: Float64Array,
  first = search.program.costs.length,
): void => {
  basic.push(first + search.rows++);
  table.push(row);
};

/** Rounds of cuts at the first node. */
const mostCutRounds = 6;

/** Undefined where nothing cheaper is left. */
const tightened = (search: Search, root: Node): Node | undefined => {
  let node = root;
  for (let round = 0; round < mostCutRounds; round++) {
    const before = costOf(node);
    const next = copyOf(search, node);
    for (const row of gomoryRows(next, search.program.costs.length)) append(search, next, row);
    const after = relaxed(search, next);
    if (after !== "relaxed") return after === "lost" ? node : undefined;
    node = next;
    if (costOf(node) < before + 1e-4 * Math.abs(before)) break;
  }
  return node;
};

/**
 * Columns of which one alone makes it dearer than what is of interest are left out, and so are rows that do not bind: they join
 * again once they are broken.
 */
const copyOf = (search: Search, { table, basic, nonbasic, limits }: Node): Node => {
  const [variables, room] = [search.program.costs.length, enough(search) - (table[0]?.[0] ?? 0)];
  const columns = nonbasic.flatMap((variable, at) => (variable >= variables || (table[0]?.[at + 1] ?? 0) < room ? [at + 1] : []));
  const rows = basic.flatMap((variable, at) =>
    variable < variables || variable >= firstLimit || (table[at + 1]?.[0] ?? 0) <= slackDust ? [at + 1] : [],
  );
  return {
    table: [0, ...rows].map((row) => entriesOf(table[row] as Float64Array, columns)),
    basic: rows.map((row) => basic[row - 1] as number),
    nonbasic: columns.map((column) => nonbasic[column - 1] as number),
    limits,
  };
};

const slackDust = 1e-6;

const entriesOf = (row: Float64Array, columns: readonly number[]): Float64Array => {
  const entries = new Float64Array(columns.length + 1);
  entries[0] = row[0] as number;
  for (let at = 0; at < columns.length; at++) entries[at + 1] = row[columns[at] as number] as number;
  return entries;
};

/** One side with no more than the whole count below, one with no less than the one above; those that may hold something cheaper. */
const branched = (search: Search, node: Node): Node[] => {
  const variable = branchingOn(search.program.costs, node);
  if (variable === undefined) return [];
  const floor = Math.floor(node.table[node.basic.indexOf(variable) + 1]?.[0] ?? 0);
  const sides: Row[] = [
    { columns: [variable], coefficients: [1], atLeast: floor + 1 },
    { columns: [variable], coefficients: [-1], atLeast: -floor },
  ];
  return sides.flatMap((side) => {
    const child: Node = { ...copyOf(search, node), limits: [...node.limits, side] };
    join(search, child, side, firstLimit);
    const found = solved(search, child);
    return found ? [found] : [];
  });
};

/** The count whose rounding costs most. */
const branchingOn = (costs: readonly number[], { table, basic }: Dictionary): number | undefined => {
  let [most, chosen] = [0, undefined as number | undefined];
  basic.forEach((variable, at) => {
    if (variable >= costs.length) return;
    const value = table[at + 1]?.[0] ?? 0;
    const part = value - Math.floor(value);
    const score = Math.min(part, 1 - part) * ((costs[variable] ?? 0) + 1e-3);
    if (part > wholeDust && part < 1 - wholeDust && score > most) [most, chosen] = [score, variable];
  });
  return chosen;
};
