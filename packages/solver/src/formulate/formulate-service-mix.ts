import { type ServiceMixRequest, toUsd, usd } from "@headroom/core";
import type { LinearProgram, Term } from "../linear-program/linear-program.ts";
import { programBuilder } from "../linear-program/program-builder.ts";

export interface ServiceMixProgram {
  readonly program: LinearProgram;
  /** Position of each option's replicas, by service and option. */
  readonly replicas: readonly (readonly number[])[];
}

/**
 * The cheapest replicas for several services over a shared stock of machines.
 *
 *   sets        services s, options o of s, machines m
 *   given       price_so, machines k_so, rate r_so, demand d_s, stock_m
 *   variables   n_so ∈ ℕ replicas;  u_so ∈ {0, 1} whether s uses o            (one option per service only)
 *   minimise    Σ price_so · n_so
 *   demand s    Σ_o min(1, r_so / d_s) · n_so ≥ 1        (one replica that carries all is enough)
 *   stock m     Σ_so k_so · n_so ≤ stock_m
 *   used so     n_so ≤ ⌈d_s / r_so⌉ · u_so
 *   one s       Σ_o u_so ≤ 1
 */
export const formulateServiceMix = (request: ServiceMixRequest): ServiceMixProgram => {
  const builder = programBuilder();
  const replicas = request.services.map(({ name, requestRatePerSecond, options }) =>
    options.map(({ id, usdPerHourPerReplica, requestsPerSecondPerReplica }) =>
      builder.variable({
        label: `replicas of ${name} on ${id}`,
        kind: "integer",
        cost: toUsd(usd(usdPerHourPerReplica)),
        upper: Math.ceil(requestRatePerSecond / requestsPerSecondPerReplica),
      }),
    ),
  );
  request.services.forEach(({ name, requestRatePerSecond, options }, service) => {
    const terms = options.map(
      ({ requestsPerSecondPerReplica }, option): Term => ({
        variable: replicas[service]?.[option] ?? -1,
        coefficient: Math.min(1, requestsPerSecondPerReplica / requestRatePerSecond),
      }),
    );
    builder.constrain({ label: `demand of ${name}`, terms, lower: 1 });
  });
  for (const [machine, stock] of Object.entries(request.stock ?? {})) {
    const terms = request.services.flatMap(({ options }, service) =>
      options.flatMap((option, index): Term[] =>
        option.machine === machine ? [{ variable: replicas[service]?.[index] ?? -1, coefficient: option.machinesPerReplica }] : [],
      ),
    );
    if (terms.length > 0) builder.constrain({ label: `stock of ${machine}`, terms, upper: stock });
  }
  if (request.optionsPerService === "one") restrictToOneOption(request, builder, replicas);
  return { program: builder.program(), replicas };
};

const restrictToOneOption = (
  request: ServiceMixRequest,
  builder: ReturnType<typeof programBuilder>,
  replicas: ServiceMixProgram["replicas"],
): void => {
  request.services.forEach(({ name, requestRatePerSecond, options }, service) => {
    const uses = options.map(({ id, requestsPerSecondPerReplica }, option) => {
      const use = builder.variable({ label: `${name} uses ${id}`, kind: "integer", upper: 1 });
      const most = Math.ceil(requestRatePerSecond / requestsPerSecondPerReplica);
      const terms = [
        { variable: replicas[service]?.[option] ?? -1, coefficient: 1 },
        { variable: use, coefficient: -most },
      ];
      builder.constrain({ label: `used ${name} on ${id}`, terms, upper: 0 });
      return { variable: use, coefficient: 1 };
    });
    builder.constrain({ label: `one option for ${name}`, terms: uses, upper: 1 });
  });
};
