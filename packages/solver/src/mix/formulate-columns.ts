import { toUsd } from "@headroom/core";
import type { LinearProgram } from "../linear-program/linear-program.ts";
import { programBuilder } from "../linear-program/program-builder.ts";
import type { ServiceColumn } from "./service-columns.ts";

/**
 * One way for each service over shared stocks.
 *
 *   sets        services s, ways j of s, limited stocks m
 *   variables   z_sj ∈ {0, 1}, or ∈ [0, 1] relaxed
 *   minimise    Σ cost_sj · z_sj
 *   stock m     Σ uses_sjm · z_sj ≤ stock_m       (the first rows, in the order of the stocks)
 *   one way s   Σ_j z_sj = 1
 */
export const formulateColumns = (
  columns: readonly (readonly ServiceColumn[])[],
  stocks: readonly number[],
  kind: "integer" | "continuous",
): LinearProgram => {
  const builder = programBuilder();
  const positions = columns.map((ways) =>
    ways.map(({ service, cost }, way) => builder.variable({ label: `way ${way} of ${service}`, kind, cost: toUsd(cost), upper: 1 })),
  );
  stocks.forEach((stock, index) => {
    const terms = columns.flatMap((ways, service) =>
      ways.map(({ uses }, way) => ({ variable: positions[service]?.[way] ?? -1, coefficient: uses[index] ?? 0 })),
    );
    builder.constrain({ label: `stock ${index}`, terms, upper: stock });
  });
  for (const [service, variables] of positions.entries()) {
    const terms = variables.map((variable) => ({ variable, coefficient: 1 }));
    builder.constrain({ label: `one way for ${service}`, terms, lower: 1, upper: 1 });
  }
  return builder.program();
};
