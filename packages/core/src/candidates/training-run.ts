import { isCommitted, type Offer } from "../market/index.ts";
import type { PerAcceleratorMemory } from "../memory/index.ts";
import type { CapacityType, TrainingJob } from "../request/index.ts";
import { estimateRun, keptShareOnSpot, type TrainingEstimate } from "../training/index.ts";
import { divideUsd, type MicroUsd, oncePer, roundTo, timesCount } from "../units/index.ts";

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
  /** Of all that was considered; the run may cost a thousandth more on fewer machines. */
  readonly least: MicroUsd;
}

const mostInstances = 512;
const stages = [1, 2, 4, 8] as const;

/** Where a run may be placed. */
export interface RunMarket {
  readonly offers: readonly Offer[];
  readonly horizonHours: number;
  /** Instances of an offer that limits leave. */
  readonly mostOf: (offer: Offer) => number;
}

/** The cheapest run that fits, ends by its deadline and within the horizon, and stays in its budget; of runs that cost alike the one on fewest machines. */
export const cheapestRun = (job: TrainingJob, { offers, horizonHours, mostOf }: RunMarket): TrainingPlacement | undefined =>
  cheapestByMachine(offers.filter((offer) => mostOf(offer) > 0))
    .flatMap((offer) =>
      instanceCounts(offer, mostOf(offer)).flatMap((instances) =>
        layoutsOn(offer.instanceType.accelerators).map((layout) => ({ offer, instances, layout })),
      ),
    )
    .reduce<TrainingPlacement | undefined>((best, { offer, instances, layout }) => {
      const run = trainingRun(job, offer, { instances, layout, horizonHours });
      if (!run || run.hours > horizonHours) return best;
      if (!best) return run;
      const kept = isCheaper(run, best) ? run : best;
      const isLeast = run.cost < best.least;
      return { ...kept, least: isLeast ? run.cost : best.least };
    }, undefined);

/** Estimates are rounded: what differs by less than a thousandth costs alike. */
const isCheaper = (run: TrainingPlacement, best: TrainingPlacement): boolean => 1000n * run.cost < 999n * best.cost;

/** Powers of two, above one only where a run can span instances. */
const instanceCounts = ({ instanceType }: Offer, mostOfOffer: number): number[] => {
  const counts: number[] = [];
  const most = instanceType.network === "rdma" ? Math.min(mostInstances, mostOfOffer) : 1;
  for (let count = 1; count <= most; count *= 2) counts.push(count);
  return counts;
};

interface RunOn {
  readonly instances: number;
  readonly layout: PlacedLayout;
  readonly horizonHours: number;
}

/** What a run costs and how long it takes; undefined where it does not fit, ends too late or costs too much. A commitment is paid to the horizon's end. */
const trainingRun = (job: TrainingJob, offer: Offer, { instances, layout, horizonHours }: RunOn): TrainingPlacement | undefined => {
  const machine = { ...offer.instanceType, capacityType: offer.capacityType };
  const estimate = estimateOf(job, machine, instances, layout);
  if (!estimate || estimate.days === undefined || estimate.verdict === "does-not-fit") return undefined;
  const hours = runHours((estimate.acceleratorHours ?? 0) / (offer.instanceType.accelerators * instances));
  if (job.deadlineDays !== undefined && estimate.days > job.deadlineDays) return undefined;
  const cost = runCost(timesCount(offer.listPrice, instances), isCommitted(offer) ? horizonHours : hours);
  if (job.budgetUsd !== undefined && Number(cost) / 1e6 > Number(job.budgetUsd)) return undefined;
  return { job, offer, instances, layout, estimate, hours, cost, least: cost };
};

/** To the started thousandth of an hour. */
export const runHours = (hours: number): number => Math.ceil(hours * 1000) / 1000;

const runCost = (perHour: MicroUsd, hours: number): MicroUsd => divideUsd(timesCount(perHour, Math.round(hours * 1000)), 1000);

/** What trains a job. */
interface TrainingMachine {
  readonly accelerator: { readonly id: string };
  readonly accelerators: number;
  readonly capacityType: CapacityType;
}

/** A run on some machines; on spot it takes longer by what interruptions cost. */
export const estimateOf = (
  job: TrainingJob,
  machine: TrainingMachine,
  instances: number,
  layout: PlacedLayout,
): TrainingEstimate | undefined => {
  const estimate = steadyEstimate(job, machine, instances, layout);
  if (machine.capacityType !== "spot") return estimate;
  return estimate === undefined || job.mayInterrupt === false ? undefined : onSpot(estimate, instances);
};

/** However a machine is bought; a plan and what it is compared with ask the same thousands of times. */
const knownEstimates = oncePer((_: TrainingJob) => new Map<string, TrainingEstimate | undefined>());

const steadyEstimate = (
  job: TrainingJob,
  machine: TrainingMachine,
  instances: number,
  layout: PlacedLayout,
): TrainingEstimate | undefined => {
  const { name: _name, deadlineDays: _deadline, budgetUsd: _budget, mayInterrupt: _mayInterrupt, ...training } = job;
  const { accelerator, accelerators } = machine;
  const { tensorParallelSize, pipelineParallelSize } = layout;
  const known = knownEstimates(job);
  const key = [accelerator.id, accelerators, instances, tensorParallelSize, pipelineParallelSize].join("|");
  if (known.has(key)) return known.get(key);
  const outcome = estimateRun({
    ...training,
    layout: { tensorParallelSize, pipelineParallelSize },
    accelerator: { id: accelerator.id },
    accelerators: accelerators * instances,
    nodeSize: accelerators,
  });
  const estimate = outcome.ok ? outcome.value : undefined;
  known.set(key, estimate);
  return estimate;
};

const onSpot = (estimate: TrainingEstimate, instances: number): TrainingEstimate | undefined => {
  const { goodput, days, acceleratorHours } = estimate;
  const kept = goodput && keptShareOnSpot({ ...goodput, instances });
  if (!kept || days === undefined || acceleratorHours === undefined) return undefined;
  const longer = goodput.share / kept;
  return { ...estimate, days: roundTo(4, days * longer), acceleratorHours: roundTo(2, acceleratorHours * longer) };
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

/** One offer for each kind of machine: what is bought alike differs in price alone. */
const cheapestByMachine = (offers: readonly Offer[]): Offer[] => {
  const cheapest = new Map<string, Offer>();
  for (const offer of offers) {
    const { accelerator, accelerators, network } = offer.instanceType;
    const key = [accelerator.id, accelerators, network, offer.capacityType].join("|");
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
