import { type MicroUsd, noMoney, type ServiceMixRequest, sumUsd, timesCount, usd } from "@headroom/core";

/** One whole way to serve a service: replicas by option, what they cost and what they take from each stock. */
export interface ServiceColumn {
  readonly service: number;
  readonly replicas: readonly number[];
  readonly cost: MicroUsd;
  /** Machines, in the order of the limited stocks. */
  readonly uses: readonly number[];
}

type Service = ServiceMixRequest["services"][number];
type Option = Service["options"][number];

/** The ways of one service; `beyond`: what a way that is not listed costs at least, at the stocks' prices it was listed for. */
export interface ServiceWays {
  readonly columns: readonly ServiceColumn[];
  readonly beyond: number;
}

/** No service lists more ways than this; those that cost least at the stocks' prices stay. */
const mostColumns = 4000;

/**
 * Every way to serve each service that a cheapest mix may need: for one option per service the whole count of each, for any
 * options the combinations in which no replica is idle. A way that another one equals or beats in cost and in every limited
 * stock is dropped. A service with too many lists those near its cheapest at `prices`, dollars of one machine of each stock.
 */
export const serviceWays = (request: ServiceMixRequest, prices: readonly number[]): readonly ServiceWays[] => {
  const stocks = Object.keys(request.stock ?? {});
  const priceOf = new Map(stocks.map((machine, index) => [machine, prices[index] ?? 0]));
  return request.services.map((asked, service) => {
    const listed =
      request.optionsPerService === "one" ? { ways: singleOptions(asked), beyond: Number.POSITIVE_INFINITY } : combinations(asked, priceOf);
    const columns = listed.ways.map((replicas) => ({
      service,
      replicas,
      cost: sumUsd(asked.options.map(({ usdPerHourPerReplica }, option) => timesCount(usd(usdPerHourPerReplica), replicas[option] ?? 0))),
      uses: stocks.map((machine) => machinesOf(asked.options, replicas, machine)),
    }));
    return { columns: undominated(columns), beyond: listed.beyond };
  });
};

const machinesOf = (options: readonly Option[], replicas: readonly number[], machine: string): number =>
  options.reduce((sum, option, index) => (option.machine === machine ? sum + option.machinesPerReplica * (replicas[index] ?? 0) : sum), 0);

/** Replicas that carry `share` of the service by themselves. */
const replicasFor = ({ requestRatePerSecond }: Service, { requestsPerSecondPerReplica }: Option, share: number): number =>
  Math.ceil((requestRatePerSecond * share) / requestsPerSecondPerReplica - 1e-9);

const singleOptions = (service: Service): number[][] =>
  service.options.map((chosen) => service.options.map((option) => (option === chosen ? replicasFor(service, option, 1) : 0)));

interface Listed {
  readonly ways: readonly (readonly number[])[];
  readonly beyond: number;
}

/** Shares of its cheapest way by which a listed way may be dearer; the first that keeps the list short is taken. */
const slacks = [Number.POSITIVE_INFINITY, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0] as const;

const combinations = (service: Service, priceOf: ReadonlyMap<string, number>): Listed => {
  const useful = service.options
    .map((option, index) => ({
      option,
      index,
      price: Number(option.usdPerHourPerReplica) + option.machinesPerReplica * (priceOf.get(option.machine) ?? 0),
    }))
    .filter(({ option, index }) => !service.options.some((other, otherIndex) => beats(other, option, otherIndex < index)))
    .toSorted(
      (a, b) => a.price / a.option.requestsPerSecondPerReplica - b.price / b.option.requestsPerSecondPerReplica || a.index - b.index,
    );
  const perUnit = (useful[0]?.price ?? 0) / (useful[0]?.option.requestsPerSecondPerReplica ?? 1);
  const cheapest = Math.min(...useful.map(({ option, price }) => price * replicasFor(service, option, 1)));
  for (const slack of slacks) {
    const most = cheapest * (1 + slack);
    const ways = waysWithin(service, useful, { most, leastPerShare: perUnit * service.requestRatePerSecond });
    if (ways) return { ways, beyond: most };
  }
  return { ways: singleOptions(service), beyond: perUnit * service.requestRatePerSecond };
};

type Useful = readonly { readonly option: Option; readonly index: number; readonly price: number }[];

/** Every combination that costs no more than `most`; undefined where there are too many to list. */
const waysWithin = (
  service: Service,
  useful: Useful,
  { most, leastPerShare }: { readonly most: number; readonly leastPerShare: number },
): number[][] | undefined => {
  const found: number[][] = [];
  const extend = (position: number, replicas: readonly number[], left: number, spent: number): void => {
    const next = useful[position];
    if (!next || found.length > mostColumns || spent + Math.max(0, left) * leastPerShare > most + 1e-9) return;
    const needed = Math.max(0, replicasFor(service, next.option, left));
    const withCount = (count: number) => replicas.map((other, index) => (index === next.index ? count : other));
    if (position === useful.length - 1) {
      if (spent + needed * next.price <= most + 1e-9) found.push(withCount(needed));
      return;
    }
    const share = next.option.requestsPerSecondPerReplica / service.requestRatePerSecond;
    for (let count = needed; count >= 0; count--) extend(position + 1, withCount(count), left - count * share, spent + count * next.price);
  };
  extend(
    0,
    service.options.map(() => 0),
    1,
    0,
  );
  return found.length > mostColumns ? undefined : found;
};

/** On the same machines, no dearer, no larger and no slower. */
const beats = (other: Option, option: Option, comesFirst: boolean): boolean => {
  if (other === option || other.machine !== option.machine || other.machinesPerReplica > option.machinesPerReplica) return false;
  const [a, b] = [usd(other.usdPerHourPerReplica), usd(option.usdPerHourPerReplica)];
  if (a > b || other.requestsPerSecondPerReplica < option.requestsPerSecondPerReplica) return false;
  const differs =
    a < b || other.machinesPerReplica < option.machinesPerReplica || other.requestsPerSecondPerReplica > option.requestsPerSecondPerReplica;
  return differs || comesFirst;
};

const undominated = (columns: readonly ServiceColumn[]): ServiceColumn[] => {
  const kept: ServiceColumn[] = [];
  for (const column of columns.toSorted(byCost)) {
    if (!kept.some(({ uses }) => uses.every((count, stock) => count <= (column.uses[stock] ?? 0)))) kept.push(column);
  }
  return kept;
};

const byCost = (a: ServiceColumn, b: ServiceColumn): number => {
  if (a.cost !== b.cost) return a.cost - b.cost < noMoney ? -1 : 1;
  const total = ({ uses }: ServiceColumn) => uses.reduce((sum, count) => sum + count, 0);
  return total(a) - total(b);
};
