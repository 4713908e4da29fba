import {
  checkServiceMix,
  defaultLimits,
  formatUsd,
  type MicroUsd,
  type Outcome,
  refuse,
  refuseAll,
  roundTo,
  type ServiceMix,
  type ServiceMixRequest,
  succeed,
  sumUsd,
  timesCount,
  usd,
} from "@headroom/core";
import { lowerBound, relativeGap } from "../solve/lower-bound.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import type { SharedStock } from "./price-stocks.ts";
import { serveByPriority } from "./serve-by-priority.ts";
import { type ServiceColumn, serviceWays } from "./service-columns.ts";
import { solveColumns } from "./solve-columns.ts";

/** Kept back from the whole time for the case that the stock does not suffice. */
const shortageLimits = { timeLimitSeconds: 4, relativeGap: 0.01 };

const limits = { timeLimitSeconds: defaultLimits.timeLimitSeconds - 1, relativeGap: 0 };

/** How many replicas of which option each service gets out of a shared stock. */
export const mixServices = async (request: ServiceMixRequest, tools: SolveTools): Promise<Outcome<ServiceMix>> => {
  const startedMs = tools.nowMs();
  const distinct = distinctNames(request);
  if (!distinct.ok) return distinct;
  const sound = soundCounts(request);
  if (!sound.ok) return sound;
  const shared: SharedStock = { services: request.services, stock: request.stock ?? {}, waysAt: (prices) => serviceWays(request, prices) };
  const outcome = (await chooseColumns(request, shared, tools)) ?? (await chooseByPriority(request, shared, tools));
  return answerOf(request, outcome, Math.round(tools.nowMs() - startedMs) / 1000);
};

interface Chosen {
  readonly replicas: ServiceMix["replicas"];
  readonly bound: number | undefined;
  readonly backend: string;
  /** Whether every service had to be served in full. */
  readonly demand: "all" | "by-priority";
}

const chooseColumns = async (request: ServiceMixRequest, shared: SharedStock, tools: SolveTools): Promise<Chosen | undefined> => {
  const outcome = await solveColumns(shared, limits, tools);
  if (outcome.kind !== "chosen") return undefined;
  return { replicas: replicasOf(request, outcome.columns), bound: outcome.bound, backend: outcome.backend, demand: "all" };
};

const chooseByPriority = async (request: ServiceMixRequest, shared: SharedStock, tools: SolveTools): Promise<Chosen> => {
  const chosen = await serveByPriority(request, shared, shortageLimits, tools);
  return { replicas: replicasOf(request, chosen), bound: undefined, backend: "highs", demand: "by-priority" };
};

const replicasOf = (request: ServiceMixRequest, columns: readonly ServiceColumn[]): ServiceMix["replicas"] => {
  const counts = new Map(columns.map(({ service, replicas }) => [service, replicas]));
  return namedReplicas(request, (service, option) => counts.get(service)?.[option]);
};

const answerOf = (request: ServiceMixRequest, { replicas, bound, backend, demand }: Chosen, seconds: number): Outcome<ServiceMix> => {
  const cost = costOf(request, replicas);
  const unserved = unservedOf(request, replicas);
  const violations = checkServiceMix(request, { replicas, unserved }, cost);
  if (violations.length > 0) return refuse("", `no mix was found that passes its check: ${violations[0]}`);
  const prices = request.services.flatMap(({ options }) => options.map(({ usdPerHourPerReplica }) => usd(usdPerHourPerReplica)));
  const proved = bound === undefined || !Number.isFinite(bound) ? undefined : lowerBound(bound, prices, cost);
  const gap = proved === undefined ? null : relativeGap(cost, proved);
  return succeed({
    status: demand === "by-priority" ? "infeasible" : gap === 0 ? "optimal" : "feasible",
    usdPerHour: formatUsd(cost),
    replicas,
    machinesUsed: machinesUsed(request, replicas),
    ...(unserved.length > 0 ? { unserved } : {}),
    proof: { lowerBoundUsdPerHour: proved === undefined ? null : formatUsd(proved), gap, verified: true, backend, seconds },
    explanation: { text: inWords(request, cost, unserved), cheapestSingleType: null },
  });
};

const inWords = ({ services }: ServiceMixRequest, cost: MicroUsd, unserved: NonNullable<ServiceMix["unserved"]>): string[] =>
  unserved.length === 0
    ? [`${services.length} services for ${formatUsd(cost)} USD per hour.`]
    : [
        "The stock does not carry every service; it serves them in order of priority.",
        `${services.length - unserved.length} of ${services.length} services are served in full, for ${formatUsd(cost)} USD per hour.`,
      ];

/** A rate is served up to this share of it; sums of floats may miss that much. */
const servedTolerance = 1e-7;

const unservedOf = ({ services }: ServiceMixRequest, replicas: ServiceMix["replicas"]): NonNullable<ServiceMix["unserved"]> =>
  services.flatMap(({ name, requestRatePerSecond, options }) => {
    const carried = options.reduce(
      (sum, { id, requestsPerSecondPerReplica }) => sum + (replicas[name]?.[id] ?? 0) * requestsPerSecondPerReplica,
      0,
    );
    const missing = requestRatePerSecond - carried;
    return missing > servedTolerance * requestRatePerSecond ? [{ service: name, requestRatePerSecond: roundTo(9, missing) }] : [];
  });

const distinctNames = ({ services }: ServiceMixRequest): Outcome<undefined> => {
  const repeated = (names: readonly string[], pointer: (index: number) => string) =>
    names.flatMap((name, index) =>
      names.indexOf(name) < index ? [{ pointer: pointer(index), detail: "is taken by another entry of this list" }] : [],
    );
  const errors = [
    ...repeated(
      services.map(({ name }) => name),
      (index) => `/services/${index}/name`,
    ),
    ...services.flatMap(({ options }, service) =>
      repeated(
        options.map(({ id }) => id),
        (index) => `/services/${service}/options/${index}/id`,
      ),
    ),
  ];
  return errors.length > 0 ? refuseAll(errors) : succeed(undefined);
};

/** Replicas of one option that a service would need by itself. */
const mostReplicas = 1e6;

const soundCounts = ({ services }: ServiceMixRequest): Outcome<undefined> => {
  const errors = services.flatMap(({ requestRatePerSecond, options }, service) =>
    options.flatMap(({ requestsPerSecondPerReplica }, option) =>
      requestRatePerSecond / requestsPerSecondPerReplica <= mostReplicas
        ? []
        : [
            {
              pointer: `/services/${service}/options/${option}/requestsPerSecondPerReplica`,
              detail: `would take more than ${mostReplicas} replicas`,
            },
          ],
    ),
  );
  return errors.length > 0 ? refuseAll(errors) : succeed(undefined);
};

const namedReplicas = (
  { services }: ServiceMixRequest,
  countOf: (service: number, option: number) => number | undefined,
): ServiceMix["replicas"] =>
  Object.fromEntries(
    services.map(({ name, options }, service) => [
      name,
      Object.fromEntries(
        options.flatMap(({ id }, option) => {
          const count = countOf(service, option) ?? 0;
          return count > 0 ? [[id, count]] : [];
        }),
      ),
    ]),
  );

const costOf = ({ services }: ServiceMixRequest, replicas: ServiceMix["replicas"]) =>
  sumUsd(
    services.flatMap(({ name, options }) =>
      options.map(({ id, usdPerHourPerReplica }) => timesCount(usd(usdPerHourPerReplica), replicas[name]?.[id] ?? 0)),
    ),
  );

const machinesUsed = ({ services }: ServiceMixRequest, replicas: ServiceMix["replicas"]): ServiceMix["machinesUsed"] => {
  const used: Record<string, number> = {};
  for (const { name, options } of services) {
    for (const { id, machine, machinesPerReplica } of options) {
      const count = replicas[name]?.[id] ?? 0;
      if (count > 0) used[machine] = (used[machine] ?? 0) + count * machinesPerReplica;
    }
  }
  return used;
};
