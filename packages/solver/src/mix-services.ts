import {
  checkServiceMix,
  defaultLimits,
  formatUsd,
  type Outcome,
  refuse,
  refuseAll,
  type ServiceMix,
  type ServiceMixRequest,
  succeed,
  sumUsd,
  timesCount,
  usd,
} from "@headroom/core";
import { formulateServiceMix, type ServiceMixProgram } from "./formulate/formulate-service-mix.ts";
import { infeasibleProof, mixProof } from "./mix-proof.ts";
import { solveProgram } from "./solve/solve-program.ts";
import type { SolveTools } from "./solve/solve-tools.ts";

const limits = { timeLimitSeconds: defaultLimits.timeLimitSeconds, relativeGap: 0 };

/** How many replicas of which option each service gets out of a shared stock. */
export const mixServices = async (request: ServiceMixRequest, tools: SolveTools): Promise<Outcome<ServiceMix>> => {
  const startedMs = tools.nowMs();
  const distinct = distinctNames(request);
  if (!distinct.ok) return distinct;
  const sound = soundCounts(request);
  if (!sound.ok) return sound;
  const mix = formulateServiceMix(request);
  const solved = await solveProgram(mix.program, limits, tools.backends);
  const { outcome } = solved;
  switch (outcome.status) {
    case "optimal":
    case "feasible": {
      const replicas = extractReplicas(request, mix, outcome.values);
      const cost = costOf(request, replicas);
      const violations = checkServiceMix(request, replicas, cost);
      if (violations.length > 0) return refuse("", `no mix was found that passes its check: ${violations[0]}`);
      const prices = request.services.flatMap(({ options }) => options.map(({ usdPerHourPerReplica }) => usd(usdPerHourPerReplica)));
      const proof = mixProof({ solved, outcome, cost, prices, tools, startedMs });
      return succeed({
        status: proof.gap === 0 ? "optimal" : "feasible",
        usdPerHour: formatUsd(cost),
        replicas,
        machinesUsed: machinesUsed(request, replicas),
        proof,
        explanation: { text: [`${request.services.length} services for ${formatUsd(cost)} USD per hour.`], cheapestSingleType: null },
      });
    }
    case "infeasible":
      return succeed({
        status: "infeasible",
        usdPerHour: null,
        replicas: {},
        machinesUsed: {},
        proof: infeasibleProof(solved, tools, startedMs),
        explanation: { text: ["No mix exists: the stock does not carry every service."], cheapestSingleType: null },
      });
    case "unbounded":
    case "no-solution":
      return refuse("", `no mix was found within ${limits.timeLimitSeconds} seconds: give fewer services or options`);
  }
};

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

const extractReplicas = ({ services }: ServiceMixRequest, mix: ServiceMixProgram, values: readonly number[]): ServiceMix["replicas"] =>
  Object.fromEntries(
    services.map(({ name, options }, service) => [
      name,
      Object.fromEntries(
        options.flatMap(({ id }, option) => {
          const count = values[mix.replicas[service]?.[option] ?? -1] ?? 0;
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
