import type { EngineName } from "../request/engine.ts";
import type { WeightFormat } from "../request/precision.ts";
import type { Accelerator, AcceleratorFamily } from "./accelerator.ts";
import { compatibilityRules, softwareStacks } from "./data/compatibility-rules.ts";

/** `native`: multiplied in the format itself; `weights-only`: stored in it and widened to 16 bits inside the kernel. */
export type WayToRun = "native" | "weights-only";

export interface CompatibilityRule {
  readonly engine: EngineName;
  readonly families: readonly AcceleratorFamily[];
  readonly formats: readonly WeightFormat[];
  readonly runs: WayToRun;
  /** The kernels that do it, where that is not obvious. */
  readonly by?: string;
  readonly source: string;
}

/** The oldest software that knows a family of chips. */
export interface SoftwareStack {
  readonly lowest: string;
  readonly source: string;
}

export interface Compatibility extends CompatibilityRule {
  readonly stack: SoftwareStack;
}

interface Question {
  readonly engine: EngineName;
  readonly accelerator: Accelerator;
  readonly format: WeightFormat;
}

/** How an engine runs weights of a format on a chip; undefined where it does not. */
export const compatibilityOf = ({ engine, accelerator, format }: Question): Compatibility | undefined => {
  const rule = rulesFor(engine, accelerator).find(({ formats }) => formats.includes(format));
  return rule && { ...rule, stack: stackOf(accelerator) };
};

/** Formats that an engine runs on a chip, for a refusal that says what would be right. */
export const runnableFormats = (engine: EngineName, accelerator: Accelerator): readonly WeightFormat[] => [
  ...new Set(rulesFor(engine, accelerator).flatMap(({ formats }) => formats)),
];

const rulesFor = (engine: EngineName, { family, peak }: Accelerator): readonly CompatibilityRule[] => {
  const rules = (rulesByEngineAndFamily.get(engine) ?? emptyRules).get(family) ?? [];
  return peak.bf16 === undefined ? rules.filter(({ formats }) => !formats.includes("bf16")) : rules;
};

const emptyRules: ReadonlyMap<AcceleratorFamily, readonly CompatibilityRule[]> = new Map();
const rulesByEngineAndFamily = new Map<EngineName, Map<AcceleratorFamily, CompatibilityRule[]>>();
for (const rule of compatibilityRules) {
  const byFamily = rulesByEngineAndFamily.get(rule.engine) ?? new Map<AcceleratorFamily, CompatibilityRule[]>();
  rulesByEngineAndFamily.set(rule.engine, byFamily);
  for (const family of rule.families) byFamily.set(family, [...(byFamily.get(family) ?? []), rule]);
}

const stackOf = ({ id, family }: Accelerator): SoftwareStack => softwareStacks.accelerators[id] ?? softwareStacks.families[family];
