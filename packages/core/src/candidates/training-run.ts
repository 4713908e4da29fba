import type { Offer } from "../market/index.ts";
import type { PerAcceleratorMemory } from "../memory/index.ts";
import type { TrainingJob } from "../request/index.ts";
import { estimateRun, type TrainingEstimate } from "../training/index.ts";
import { divideUsd, type MicroUsd, roundTo, timesCount } from "../units/index.ts";

/** How a training job is laid out over accelerators. */
export interface PlacedLayout {
  readonly tensorParallelSize: number;
  readonly pipelineParallelSize: number;
}

/** A training job on so many instances of an offer. */
export interface TrainingPlacement {
  readonly job: TrainingJob;
  readonly offer: Offer;
  readonly instances: number;
  readonly layout: PlacedLayout;
  readonly estimate: TrainingEstimate;
  readonly hours: number;
  readonly cost: MicroUsd;
}

const mostInstances = 512;
const stages = [1, 2, 4, 8] as const;

/** The cheapest run that fits, ends by its deadline and within the horizon, and stays in its budget; of runs that cost alike the one on fewest machines. */
export const cheapestRun = (job: TrainingJob, offers: readonly Offer[], horizonHours: number): TrainingPlacement | undefined =>
  cheapestByMachine(offers)
    .flatMap((offer) =>
      instanceCounts(offer).flatMap((instances) =>
        layoutsOn(offer.instanceType.accelerators).map((layout) => ({ offer, instances, layout })),
      ),
    )
    .reduce<TrainingPlacement | undefined>((best, { offer, instances, layout }) => {
      const run = trainingRun(job, offer, instances, layout);
      return run && run.hours <= horizonHours && (!best || isCheaper(run, best)) ? run : best;
    }, undefined);

/** Estimates are rounded: what differs by less than a thousandth costs alike. */
const isCheaper = (run: TrainingPlacement, best: TrainingPlacement): boolean => 1000n * run.cost < 999n * best.cost;

/** Powers of two, above one only where a run can span instances. */
const instanceCounts = ({ instanceType, stock = mostInstances }: Offer): number[] => {
  const counts: number[] = [];
  const most = instanceType.network === "rdma" ? Math.min(mostInstances, stock) : 1;
  for (let count = 1; count <= most; count *= 2) counts.push(count);
  return counts;
};

/** What a run costs and how long it takes; undefined where it does not fit, ends too late or costs too much. */
export const trainingRun = (job: TrainingJob, offer: Offer, instances: number, layout: PlacedLayout): TrainingPlacement | undefined => {
  const estimate = estimateOf(job, offer.instanceType, instances, layout);
  if (!estimate || estimate.days === undefined || estimate.verdict === "does-not-fit") return undefined;
  const hours = runHours((estimate.acceleratorHours ?? 0) / (offer.instanceType.accelerators * instances));
  if (job.deadlineDays !== undefined && estimate.days > job.deadlineDays) return undefined;
  const cost = runCost(timesCount(offer.listPrice, instances), hours);
  if (job.budgetUsd !== undefined && Number(cost) / 1e6 > Number(job.budgetUsd)) return undefined;
  return { job, offer, instances, layout, estimate, hours, cost };
};

/** To the started thousandth of an hour. */
export const runHours = (hours: number): number => Math.ceil(hours * 1000) / 1000;

const runCost = (perHour: MicroUsd, hours: number): MicroUsd => divideUsd(timesCount(perHour, Math.round(hours * 1000)), 1000);

export const estimateOf = (
  { name: _name, deadlineDays: _deadline, budgetUsd: _budget, mayInterrupt: _mayInterrupt, ...training }: TrainingJob,
  machine: { readonly accelerator: { readonly id: string }; readonly accelerators: number },
  instances: number,
  layout: PlacedLayout,
): TrainingEstimate | undefined => {
  const outcome = estimateRun({
    ...training,
    layout,
    accelerator: { id: machine.accelerator.id },
    accelerators: machine.accelerators * instances,
    nodeSize: machine.accelerators,
  });
  return outcome.ok ? outcome.value : undefined;
};

/** The training estimate's memory in the words of a plan's line: what is neither weights nor activations is runtime. */
export const trainingMemoryOf = ({ perAccelerator }: TrainingEstimate): PerAcceleratorMemory => {
  const { visibleGib, weightsGib, activationGib, totalGib } = perAccelerator;
  return {
    visibleGib,
    budgetGib: visibleGib,
    weightsGib,
    activationGib,
    runtimeGib: roundTo(6, totalGib - weightsGib - activationGib),
    kvCacheGib: 0,
    freeGib: roundTo(6, visibleGib - totalGib),
  };
};

/** One offer for each kind of machine: a run needs it for as long as it lasts and no longer, so it is bought on demand. */
const cheapestByMachine = (offers: readonly Offer[]): Offer[] => {
  const cheapest = new Map<string, Offer>();
  for (const offer of offers) {
    if (offer.capacityType !== "on-demand") continue;
    const { accelerator, accelerators, network } = offer.instanceType;
    const key = [accelerator.id, accelerators, network].join("|");
    const other = cheapest.get(key);
    if (!other || offer.listPrice < other.listPrice || (offer.listPrice === other.listPrice && offer.id < other.id))
      cheapest.set(key, offer);
  }
  return [...cheapest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
};

const layoutsOn = (accelerators: number): PlacedLayout[] =>
  [1, 2, 4, 8]
    .filter((size) => accelerators % size === 0)
    .flatMap((tensorParallelSize) => stages.map((pipelineParallelSize) => ({ tensorParallelSize, pipelineParallelSize })));
