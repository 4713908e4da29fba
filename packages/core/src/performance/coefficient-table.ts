import type { Accelerator } from "../hardware/index.ts";
import type { EngineName } from "../request/engine.ts";
import { type CoefficientName, coefficientBounds, coefficientNames, type EfficiencyCoefficients } from "./coefficients.ts";
import { releaseOf } from "./release.ts";

/** What a fit leaves behind: a value for everything, and factors on it for what differs. */
export interface CoefficientTable {
  readonly base: EfficiencyCoefficients;
  /** By scope: "family:hopper", "accelerator:h200-sxm", "engine:vllm", "release:vllm from 0.15". */
  readonly factors: Readonly<Record<string, Readonly<Partial<Record<CoefficientName, number>>>>>;
}

export interface SoftwareAndChip {
  readonly accelerator: Accelerator;
  readonly engine: EngineName;
  readonly version: string | undefined;
}

/** From the widest to the narrowest. */
export const scopesOf = ({ accelerator, engine, version }: SoftwareAndChip): readonly string[] => {
  const release = releaseOf(engine, version);
  return [
    `link:${accelerator.scaleUp.kind}`,
    `family:${accelerator.family}`,
    `accelerator:${accelerator.id}`,
    `engine:${engine}`,
    `engine:${engine} on ${accelerator.family}`,
    ...(release === undefined ? [] : [`release:${engine} ${release}`]),
  ];
};

/** The coefficients of an engine on a chip: base × every factor in scope, inside the bounds. Remembered for each table. */
export const coefficientsFor = (where: SoftwareAndChip, table: CoefficientTable): EfficiencyCoefficients => {
  const ofTable = resolvedBefore.get(table) ?? new Map<string, EfficiencyCoefficients>();
  resolvedBefore.set(table, ofTable);
  const { accelerator, engine, version } = where;
  const key = `${accelerator.id} ${engine} ${releaseOf(engine, version)}`;
  const found = ofTable.get(key) ?? resolve(scopesOf(where), table);
  ofTable.set(key, found);
  return found;
};

const resolvedBefore = new WeakMap<CoefficientTable, Map<string, EfficiencyCoefficients>>();

const resolve = (scopes: readonly string[], { base, factors }: CoefficientTable): EfficiencyCoefficients => {
  const inScope = scopes.flatMap((scope) => factors[scope] ?? []);
  const resolved = { ...base };
  for (const name of coefficientNames) {
    let value = base[name];
    for (const factor of inScope) value *= factor[name] ?? 1;
    const [low, high] = coefficientBounds[name];
    resolved[name] = Math.min(high, Math.max(low, value));
  }
  return resolved;
};
