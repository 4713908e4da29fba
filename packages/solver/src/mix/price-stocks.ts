import type { ServiceMixRequest } from "@headroom/core";
import type { SolveLimits } from "../backends/backend.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import type { Backends } from "../solve/backends.ts";
import { formulateColumns } from "./formulate-columns.ts";
import type { ServiceWays } from "./service-columns.ts";

/** The ways of each service at given prices of the stocks. */
export type WaysAt = (prices: readonly number[]) => readonly ServiceWays[];

export interface SharedStock {
  readonly services: ServiceMixRequest["services"];
  readonly stock: Readonly<Record<string, number>>;
  readonly waysAt: WaysAt;
}

export interface PricedWays {
  readonly prices: readonly number[];
  readonly ways: readonly ServiceWays[];
}

/** Prices settle within a few rounds where some services list only the ways near their cheapest. */
const mostRounds = 3;

/** What one more machine of each stock is worth by the relaxation, and the ways at those prices. Undefined: no fractions fit either. */
export const priceStocks = async (shared: SharedStock, limits: SolveLimits, backends: Backends): Promise<PricedWays | undefined> => {
  const large = await backends.large();
  const stocks = Object.values(shared.stock);
  const pricesOf = (duals: readonly number[]) => stocks.map((_, index) => Math.max(0, -(duals[index] ?? 0)));
  const counts = large.solve(relaxedCounts(shared), limits);
  if (counts.status !== "optimal" || !counts.rowDuals) return undefined;
  let prices = pricesOf(counts.rowDuals);
  let ways = shared.waysAt(prices);
  for (let round = 0; round < mostRounds; round++) {
    const columns = ways.map((ofService) => ofService.columns);
    const relaxed = large.solve(formulateColumns(columns, stocks, "continuous"), limits);
    if (relaxed.status !== "optimal" || !relaxed.rowDuals) break;
    prices = pricesOf(relaxed.rowDuals);
    const whole = ways.every(({ beyond }) => beyond === Number.POSITIVE_INFINITY);
    if (whole) break;
    ways = mergedWays(ways, shared.waysAt(prices));
  }
  return { prices, ways };
};

/**
 * The relaxation over fractions of replicas.
 *
 *   minimise    Σ price_so · n_so
 *   stock m     Σ machines_so · n_so ≤ stock_m       (the first rows, in the order of the stocks)
 *   demand s    Σ_o r_so / d_s · n_so ≥ 1
 */
const relaxedCounts = ({ services, stock }: SharedStock) => {
  const builder = programBuilder();
  const replicas = services.map(({ name, options }) =>
    options.map(({ id, usdPerHourPerReplica }) => builder.variable({ label: `${name} on ${id}`, cost: Number(usdPerHourPerReplica) })),
  );
  for (const [machine, most] of Object.entries(stock)) {
    const terms = services.flatMap(({ options }, service) =>
      options.flatMap((option, at) =>
        option.machine === machine ? [{ variable: replicas[service]?.[at] ?? -1, coefficient: option.machinesPerReplica }] : [],
      ),
    );
    builder.constrain({ label: `stock of ${machine}`, terms, upper: most });
  }
  services.forEach(({ name, requestRatePerSecond, options }, service) => {
    const terms = options.map(({ requestsPerSecondPerReplica }, at) => ({
      variable: replicas[service]?.[at] ?? -1,
      coefficient: requestsPerSecondPerReplica / requestRatePerSecond,
    }));
    builder.constrain({ label: `demand of ${name}`, terms, lower: 1 });
  });
  return builder.program();
};

/** Ways found at earlier prices stay in the list; what is beyond it is known at the newest prices. */
const mergedWays = (before: readonly ServiceWays[], fresh: readonly ServiceWays[]): readonly ServiceWays[] =>
  fresh.map(({ columns, beyond }, service) => {
    if (beyond === Number.POSITIVE_INFINITY) return { columns, beyond };
    const known = new Set(columns.map(({ replicas }) => replicas.join()));
    return { columns: [...columns, ...(before[service]?.columns ?? []).filter(({ replicas }) => !known.has(replicas.join()))], beyond };
  });
