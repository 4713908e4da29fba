import { dependableShare, hoursApart, loadAt, type ServiceNeed } from "../candidates/index.ts";
import type { PricedOffer } from "../market/index.ts";
import { latencyQuantile, operatingPoint, type ServingSite, tpotEvidence } from "../performance/index.ts";
import { toMs } from "../units/index.ts";
import { type BatchLine, replicaHours } from "./check-batch.ts";
import { takenByReplica } from "./check-demand.ts";
import { type CheckedRule, type CheckInput, needOfLine } from "./check-input.ts";
import { countAt } from "./hourly-count.ts";
import { lineNeeds, storedOf } from "./line-needs.ts";
import { offloadedGibOf } from "./offloaded-gib.ts";
import type { PlanLine } from "./plan-document.ts";
import { routesByClass } from "./routes-by-class.ts";
import { siteOfLine } from "./site-of-line.ts";

/** Answers are rounded to a few decimals; recomputed figures may differ by that much. */
const agree = (claimed: number, derived: number): boolean => Math.abs(claimed - derived) <= 1e-4 * Math.max(1, Math.abs(derived)) + 1e-3;

/** What a line says of its latency in its busiest hour, of what its machines must bring, and of its engine. */
export const checkPredicted = (input: CheckInput, views: readonly CheckInput[]): CheckedRule[] => [
  { rule: "predicted", violations: violationsOf(input, views.map(routed)) },
];

/** A view of the plan with its routing by class. */
interface RoutedView {
  readonly view: CheckInput;
  readonly routeOf: ReturnType<typeof routesByClass>;
}

const routed = (view: CheckInput): RoutedView => ({ view, routeOf: routesByClass(view.plan.routing) });

const violationsOf = (input: CheckInput, views: readonly RoutedView[]): string[] =>
  input.plan.lines.flatMap((line, index) => lineViolations(input, views, { line, index }));

const lineViolations = (
  input: CheckInput,
  views: readonly RoutedView[],
  { line, index }: { readonly line: PlanLine; readonly index: number },
): string[] => {
  const need = needOfLine(input, line);
  const offer = input.plan.offers.find(({ offerId }) => offerId === line.offerId);
  const site = need && offer ? siteOfLine(line, need, offer) : undefined;
  const taken = need && takenByReplica(input, line, need);
  if (!need || !offer || !site?.ok || !taken) return [];
  if (!line.predicted) return [`line ${index} serves requests and says nothing of their latency`];
  const { batch } = line;
  const loads = batch
    ? [loadOfRun({ ...line, batch }, taken)]
    : views.map((view) => busiestLoads(view, { index, service: need.name, taken })).reduce(busier);
  const derived = { ...latenciesAt(line, need, site.value, loads), ...needsOf(line, need, offer), ...engineFigures(need) };
  const { predicted, needs, engine } = line;
  const claimed: Readonly<Record<string, number | string | undefined>> = {
    ...predictedFigures(predicted),
    storageGib: needs.storageGib,
    hostMemoryGib: needs.hostMemoryGib,
    network: needs.network,
    ...engine,
  };
  return Object.entries(derived).flatMap(([field, value]) => {
    const said = claimed[field];
    const holds = typeof value === "number" && typeof said === "number" ? agree(said, value) : said === value;
    return holds ? [] : [`line ${index}: ${field} is ${value}, not ${said}`];
  });
};

const predictedFigures = ({
  percentile,
  ttftMs,
  tpotMs,
  tpotMsInterval,
  requestLatencyMs,
  requestsInFlightPerReplica,
  source,
}: NonNullable<PlanLine["predicted"]>) => ({
  percentile,
  source,
  tpotMsLow: tpotMsInterval[0],
  tpotMsHigh: tpotMsInterval[1],
  ttftMs,
  tpotMs,
  requestLatencyMs,
  requestsInFlightPerReplica,
});

interface Placed {
  readonly index: number;
  readonly service: string;
  readonly taken: readonly number[];
}

/** Share of a replica that a batch job keeps busy in the hours of its run. */
const loadOfRun = (line: BatchLine, [perSecond = 0]: readonly number[]): number =>
  line.batch.requests / (perSecond * replicaHours(line) * 3600);

const sum = (loads: readonly number[]): number => loads.reduce((total, load) => total + load, 0);

const busier = (a: readonly number[], b: readonly number[]): readonly number[] => (sum(b) > sum(a) ? b : a);

/** Share of a replica that each class keeps busy, in the hour in which they keep it busiest. */
const busiestLoads = ({ view: { plan, needs }, routeOf }: RoutedView, { index, service, taken }: Placed): readonly number[] => {
  const line = plan.lines[index];
  const need = needs.find(({ name }) => name === service);
  if (!line || !need) return [];
  const routes = need.classes.map(({ name }) => routeOf(need.name, name));
  let busiest: readonly number[] = need.classes.map(() => 0);
  for (let hour = 0; hour < hoursApart(needs); hour++) {
    const dependable = countAt(line.replicas, hour) * dependableShare(line.capacityType);
    if (dependable === 0) continue;
    const loads = need.classes.map(({ amount }, position) => {
      const share = routes[position]?.(hour)?.[String(index)] ?? 0;
      return (amount * loadAt(need, hour) * share) / ((taken[position] ?? 0) * dependable);
    });
    busiest = busier(busiest, loads);
  }
  return busiest;
};

const latenciesAt = (line: PlanLine, need: ServiceNeed, site: ServingSite, loads: readonly number[]) => {
  const utilization = loads.reduce((sum, load) => sum + load, 0);
  const mostRunning = (name: string) => line.predicted?.maxRequestsInFlightPerReplica[name] ?? 0;
  const latencies = need.classes.map(({ name, shape }) =>
    latencyQuantile(operatingPoint(site, shape, Math.max(1, utilization * mostRunning(name))), shape, need.targets.percentile),
  );
  const requestsInFlightPerReplica = need.classes.reduce((sum, { name }, position) => sum + (loads[position] ?? 0) * mostRunning(name), 0);
  const tpot = maxOf(latencies.map(({ tpotSeconds }) => tpotSeconds));
  const { source, band } = tpotEvidence(site, { running: requestsInFlightPerReplica, tpot });
  return {
    percentile: need.targets.percentile * 100,
    source,
    tpotMsLow: toMs(band[0]),
    tpotMsHigh: toMs(band[1]),
    ttftMs: toMs(maxOf(latencies.map(({ ttftSeconds }) => ttftSeconds))),
    tpotMs: toMs(tpot),
    requestLatencyMs: toMs(maxOf(latencies.map(({ requestLatencySeconds }) => requestLatencySeconds))),
    requestsInFlightPerReplica,
  };
};

const maxOf = <T extends number>(values: readonly T[]): T => Math.max(...values) as T;

const needsOf = (line: PlanLine, need: ServiceNeed, offer: PricedOffer) => {
  const { acceleratorsPerInstance, instancesPerReplica } = line;
  return lineNeeds({
    stored: storedOf(line, need),
    acceleratorsPerInstance,
    instancesPerReplica,
    offloadedGib: offloadedGibOf(line, need, offer),
  });
};

const engineFigures = ({ engine }: ServiceNeed) => ({
  name: engine.name,
  version: engine.version,
  gpuMemoryUtilization: engine.gpuMemoryUtilization,
  maxModelLen: engine.maxModelLen,
  maxNumSeqs: engine.maxNumSeqs,
  maxNumBatchedTokens: engine.maxNumBatchedTokens,
});
