import {
  type BucketMixRequest,
  checkMix,
  defaultLimits,
  formatUsd,
  type MicroUsd,
  type Mix,
  mixCost,
  type Outcome,
  refuse,
  refuseAll,
  succeed,
  timesCount,
  usd,
} from "@headroom/core";
import { extractBucketMix } from "./extract-plan/extract-bucket-mix.ts";
import { formulateBalancedRouting } from "./formulate/formulate-balanced-routing.ts";
import { type BucketMixProgram, formulateBucketMix } from "./formulate/formulate-bucket-mix.ts";
import { infeasibleProof, mixProof } from "./mix-proof.ts";
import { type Solved, solveProgram } from "./solve/solve-program.ts";
import type { SolveTools } from "./solve/solve-tools.ts";

const limits = { timeLimitSeconds: defaultLimits.timeLimitSeconds, relativeGap: 0 };

/** How many of each machine to rent, and which share of each bucket goes where. */
export const mixBuckets = async (request: BucketMixRequest, tools: SolveTools): Promise<Outcome<Mix>> => {
  const startedMs = tools.nowMs();
  const shaped = matchingShapes(request);
  if (!shaped.ok) return shaped;
  const mix = formulateBucketMix(request);
  const solved = await solveProgram(mix.program, limits, tools.backends);
  const { outcome } = solved;
  switch (outcome.status) {
    case "optimal":
    case "feasible": {
      const values = await balanced(request, mix, outcome.values, tools);
      const extracted = extractBucketMix(request, mix, values);
      const cost = mixCost(request, extracted.counts);
      const violations = checkMix(request, extracted, cost);
      if (violations.length > 0) return refuse("", `no mix was found that passes its check: ${violations[0]}`);
      const prices = request.machines.map(({ usdPerHour }) => usd(usdPerHour));
      const proof = mixProof({ solved, outcome, cost, prices, tools, startedMs });
      return succeed({
        status: proof.gap === 0 ? "optimal" : "feasible",
        usdPerHour: formatUsd(cost),
        ...extracted,
        proof,
        explanation: explain(request, extracted.counts, cost),
      });
    }
    case "infeasible":
      return succeed(infeasible(request, solved, tools, startedMs));
    case "unbounded":
    case "no-solution":
      return refuse("", `no mix was found within ${limits.timeLimitSeconds} seconds: give fewer machines or buckets`);
  }
};

/** Solvers leave shares as they fall; a router wants them even. Whole slices stay as they are. */
const balanced = async (
  request: BucketMixRequest,
  mix: BucketMixProgram,
  values: readonly number[],
  tools: SolveTools,
): Promise<readonly number[]> => {
  if (request.routing === "whole-buckets") return values;
  const { outcome } = await solveProgram(formulateBalancedRouting(mix.program, mix.capacityRows, values), limits, tools.backends);
  return outcome.status === "optimal" ? outcome.values : values;
};

/** Every machine's rates have the rows and columns of the distribution. */
const matchingShapes = (request: BucketMixRequest): Outcome<undefined> => {
  const { machines, demand } = request;
  const wanted = demand.distribution;
  const errors = machines.flatMap(({ requestsPerSecond: rates }, machine) =>
    rates.length === wanted.length && rates.every((row, index) => row.length === wanted[index]?.length)
      ? []
      : [{ pointer: `/machines/${machine}/requestsPerSecond`, detail: "must have the rows and columns of demand.distribution" }],
  );
  const ids = machines.map(({ id }) => id);
  const repeated = ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [{ pointer: `/machines/${index}/id`, detail: "is taken by another machine" }] : [],
  );
  if (errors.length + repeated.length > 0) return refuseAll([...errors, ...repeated]);
  if (!wanted.flat().some((share) => share > 0)) return refuse("/demand/distribution", "must have at least one share above 0");
  return soundLoads(request);
};

/** Machines that one bucket would keep busy by itself: beyond this range a solver's tolerances hide or break the answer. */
const soundLoad = { least: 1e-7, most: 1e6 };

const soundLoads = ({ machines, demand }: BucketMixRequest): Outcome<undefined> => {
  const errors = machines.flatMap(({ requestsPerSecond }, machine) =>
    requestsPerSecond.flatMap((rates, row) =>
      rates.flatMap((rate, column) => {
        const load = (demand.distribution[row]?.[column] ?? 0) * (demand.requestRatePerSecond / rate);
        const sound = rate === 0 || load === 0 || (load >= soundLoad.least && load <= soundLoad.most);
        const detail = `makes bucket ${row},${column} keep ${load.toPrecision(2)} machines busy: it must be ${soundLoad.least} to ${soundLoad.most}`;
        return sound ? [] : [{ pointer: `/machines/${machine}/requestsPerSecond/${row}/${column}`, detail }];
      }),
    ),
  );
  return errors.length > 0 ? refuseAll(errors) : succeed(undefined);
};

const infeasible = (request: BucketMixRequest, solved: Solved, tools: SolveTools, startedMs: number): Mix => {
  const { machines, demand } = request;
  const unserved = demand.distribution.flatMap((shares, row) =>
    shares.flatMap((share, column) =>
      share > 0 && machines.every(({ requestsPerSecond }) => (requestsPerSecond[row]?.[column] ?? 0) === 0)
        ? [`bucket ${row},${column}`]
        : [],
    ),
  );
  const reason =
    unserved.length > 0 ? `no machine may serve ${unserved.join(", ")}` : "the machines that can be had do not carry the demand";
  return {
    status: "infeasible",
    usdPerHour: null,
    counts: {},
    routing: {},
    proof: infeasibleProof(solved, tools, startedMs),
    explanation: { text: [`No mix exists: ${reason}.`], cheapestSingleType: null },
  };
};

const explain = (request: BucketMixRequest, counts: Mix["counts"], cost: MicroUsd): Mix["explanation"] => {
  const single = cheapestSingleType(request);
  const bought = Object.entries(counts).map(([id, count]) => `${count} × ${id}`);
  const against = single
    ? ` The cheapest single type, ${single.machine}, would cost ${formatUsd(single.cost)}.`
    : " No single type serves all of it.";
  return {
    text: [`${bought.join(" and ")} for ${formatUsd(cost)} USD per hour.${against}`],
    cheapestSingleType: single ? { machine: single.machine, usdPerHour: formatUsd(single.cost) } : null,
  };
};

const cheapestSingleType = ({ machines, demand }: BucketMixRequest): { machine: string; cost: MicroUsd } | undefined =>
  machines
    .flatMap(({ id, usdPerHour, max = Number.POSITIVE_INFINITY, requestsPerSecond }) => {
      const loads = demand.distribution.flatMap((shares, row) =>
        shares.map((share, column) => (share > 0 ? (share * demand.requestRatePerSecond) / (requestsPerSecond[row]?.[column] ?? 0) : 0)),
      );
      const count = Math.ceil(loads.reduce((sum, load) => sum + load, 0) - 1e-9);
      return Number.isFinite(count) && count <= max ? [{ machine: id, cost: timesCount(usd(usdPerHour), count) }] : [];
    })
    .toSorted((a, b) => (a.cost < b.cost ? -1 : a.cost > b.cost ? 1 : a.machine < b.machine ? -1 : 1))[0];
