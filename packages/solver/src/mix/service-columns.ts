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

/** A service with more ways than this is left to the program over counts. */
const mostColumns = 4000;

/**
 * Every way to serve each service that a cheapest mix may need: for one option per service the whole count of each, for any
 * options the combinations in which no replica is idle. A way that another one equals or beats in cost and in every limited
 * stock is dropped. Undefined where a service has too many.
 */
export const serviceColumns = (request: ServiceMixRequest): readonly (readonly ServiceColumn[])[] | undefined => {
  const stocks = Object.keys(request.stock ?? {});
  const columns: (readonly ServiceColumn[])[] = [];
  for (const [service, asked] of request.services.entries()) {
    const ways = request.optionsPerService === "one" ? singleOptions(asked) : combinations(asked);
    if (!ways) return undefined;
    columns.push(
      undominated(
        ways.map((replicas) => ({
          service,
          replicas,
          cost: sumUsd(
            asked.options.map(({ usdPerHourPerReplica }, option) => timesCount(usd(usdPerHourPerReplica), replicas[option] ?? 0)),
          ),
          uses: stocks.map((machine) => machinesOf(asked.options, replicas, machine)),
        })),
      ),
    );
  }
  return columns;
};

const machinesOf = (options: readonly Option[], replicas: readonly number[], machine: string): number =>
  options.reduce((sum, option, index) => (option.machine === machine ? sum + option.machinesPerReplica * (replicas[index] ?? 0) : sum), 0);

/** Replicas that carry `share` of the service by themselves. */
const replicasFor = ({ requestRatePerSecond }: Service, { requestsPerSecondPerReplica }: Option, share: number): number =>
  Math.ceil((requestRatePerSecond * share) / requestsPerSecondPerReplica - 1e-9);

const singleOptions = (service: Service): number[][] =>
  service.options.map((chosen) => service.options.map((option) => (option === chosen ? replicasFor(service, option, 1) : 0)));

const combinations = (service: Service): number[][] | undefined => {
  const useful = service.options.flatMap((option, index) =>
    service.options.some((other, otherIndex) => beats(other, option, otherIndex < index)) ? [] : [{ option, index }],
  );
  const found: number[][] = [];
  const extend = (position: number, replicas: readonly number[], left: number): boolean => {
    const next = useful[position];
    if (!next || found.length > mostColumns) return found.length <= mostColumns;
    const most = Math.max(0, replicasFor(service, next.option, left));
    const withCount = (count: number) => replicas.map((other, index) => (index === next.index ? count : other));
    if (position === useful.length - 1) {
      found.push(withCount(most));
      return true;
    }
    for (let count = 0; count <= most; count++) {
      const rest = left - (count * next.option.requestsPerSecondPerReplica) / service.requestRatePerSecond;
      if (!extend(position + 1, withCount(count), rest)) return false;
    }
    return true;
  };
  const idle = service.options.map(() => 0);
  return extend(0, idle, 1) && found.length <= mostColumns ? found : undefined;
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
