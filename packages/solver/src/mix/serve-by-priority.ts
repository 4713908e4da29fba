import { noMoney, type ServiceMixRequest } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import type { SolveTools } from "../solve/solve-tools.ts";
import type { SharedStock } from "./price-stocks.ts";
import type { ServiceColumn } from "./service-columns.ts";
import { solveColumns } from "./solve-columns.ts";

type Service = ServiceMixRequest["services"][number];

/**
 * Where the stock does not carry every service: in order of priority, then as listed, the longest run of services that can
 * all be served in full is served at least cost; those after it take what is left, as much of each as fits.
 */
export const serveByPriority = async (
  request: ServiceMixRequest,
  shared: SharedStock,
  limits: SolveLimits,
  tools: SolveTools,
): Promise<readonly ServiceColumn[]> => {
  const order = request.services.map((_, index) => index).toSorted((a, b) => priorityAt(request, a) - priorityAt(request, b) || a - b);
  const ofFirst = (length: number): SharedStock => {
    const first = order.slice(0, length);
    return {
      ...shared,
      services: first.flatMap((service) => request.services[service] ?? []),
      waysAt: (prices) => {
        const ways = shared.waysAt(prices);
        return first.flatMap((service) => ways[service] ?? []);
      },
    };
  };
  const step = { ...limits, timeLimitSeconds: limits.timeLimitSeconds / (2 + Math.log2(order.length + 1)) };
  let best: readonly ServiceColumn[] = [];
  let served = 0;
  for (let refused = order.length; refused - served > 1; ) {
    const middle = Math.floor((served + refused) / 2);
    const outcome = await solveColumns(ofFirst(middle), step, tools);
    if (outcome.kind === "chosen") [served, best] = [middle, outcome.columns];
    else refused = middle;
  }
  return [...best, ...partly(request, order.slice(served), best)];
};

const priorityAt = ({ services }: ServiceMixRequest, index: number): number => services[index]?.priority ?? 1;

/** Fills what the stock still holds, service by service, with the options that carry most on a machine. */
const partly = (request: ServiceMixRequest, order: readonly number[], chosen: readonly ServiceColumn[]): ServiceColumn[] => {
  const machines = Object.keys(request.stock ?? {});
  const left = new Map(
    Object.entries(request.stock ?? {}).map(([machine, stock], index) => [
      machine,
      stock - chosen.reduce((sum, { uses }) => sum + (uses[index] ?? 0), 0),
    ]),
  );
  return order.flatMap((index) => {
    const service = request.services[index];
    if (!service) return [];
    const replicas = replicasThatFit(service, left, request.optionsPerService ?? "any");
    const uses = machines.map((machine) =>
      service.options.reduce(
        (sum, option, at) => (option.machine === machine ? sum + option.machinesPerReplica * (replicas[at] ?? 0) : sum),
        0,
      ),
    );
    for (const [at, machine] of machines.entries()) left.set(machine, (left.get(machine) ?? 0) - (uses[at] ?? 0));
    return [{ service: index, replicas, cost: noMoney, uses }];
  });
};

const replicasThatFit = (service: Service, left: ReadonlyMap<string, number>, optionsPerService: "any" | "one"): number[] => {
  const free = new Map(left);
  let missing = service.requestRatePerSecond;
  const replicas = service.options.map(() => 0);
  const order = service.options
    .map((option, at) => ({ option, at }))
    .toSorted((a, b) => perMachine(b.option) - perMachine(a.option) || a.at - b.at);
  for (const { option, at } of order) {
    const fits = Math.floor((free.get(option.machine) ?? Number.POSITIVE_INFINITY) / option.machinesPerReplica);
    const count = Math.max(0, Math.min(fits, Math.ceil(missing / option.requestsPerSecondPerReplica - 1e-9)));
    if (count === 0) continue;
    replicas[at] = count;
    missing -= count * option.requestsPerSecondPerReplica;
    free.set(option.machine, (free.get(option.machine) ?? Number.POSITIVE_INFINITY) - count * option.machinesPerReplica);
    if (optionsPerService === "one") break;
  }
  return replicas;
};

const perMachine = ({ requestsPerSecondPerReplica, machinesPerReplica }: Service["options"][number]): number =>
  requestsPerSecondPerReplica / machinesPerReplica;
