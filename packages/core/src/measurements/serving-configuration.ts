import { mainWeightFormat, type ParallelLayout, type ReplicaRequest, resolveReplica } from "../memory/index.ts";
import { type Outcome, succeed } from "../units/index.ts";

/** What of a replica can differ between a measurement and a question about the same model and accelerator. */
export interface ServingConfiguration {
  readonly layout: ParallelLayout;
  readonly engineName: string;
  readonly engineVersion: string | undefined;
  readonly weightFormat: string;
  readonly kvCacheFormat: string;
}

export const servingConfiguration = (request: ReplicaRequest): Outcome<ServingConfiguration> => {
  const replica = resolveReplica(request);
  if (!replica.ok) return replica;
  const { layout, engine, precision, model } = replica.value;
  return succeed({
    layout,
    engineName: engine.name,
    engineVersion: engine.version,
    weightFormat: mainWeightFormat(precision, model),
    kvCacheFormat: precision.kvCache,
  });
};

/**
 * Variance, on a logarithmic scale, by which an estimate's error differs from one configuration to another: √0.02 is
 * 14 %. Wide priors, each about the spread of one engine's error over its layouts, formats or releases; 0 only for the
 * very configuration.
 */
export const discrepancyOf = (a: ServingConfiguration, b: ServingConfiguration): number =>
  (sameLayout(a.layout, b.layout) ? 0 : 0.02) +
  (a.weightFormat === b.weightFormat ? 0 : 0.02) +
  (a.kvCacheFormat === b.kvCacheFormat ? 0 : 0.01) +
  engineDiscrepancy(a, b);

const engineDiscrepancy = (a: ServingConfiguration, b: ServingConfiguration): number => {
  if (a.engineName !== b.engineName) return 0.04;
  return a.engineVersion === b.engineVersion || a.engineVersion === undefined || b.engineVersion === undefined ? 0 : 0.005;
};

/** Both were decided by one function, which writes every size in one order. */
const sameLayout = (a: ParallelLayout, b: ParallelLayout): boolean => JSON.stringify(a) === JSON.stringify(b);
