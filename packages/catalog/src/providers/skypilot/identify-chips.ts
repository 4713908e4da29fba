import { type Accelerator, findAccelerator, type Outcome, refuse, succeed, under } from "@headroom/core";
import { type ChipName, chipNames, refusedNames } from "./data/chip-names.ts";
import { fractionalMachines, trueCounts } from "./data/machine-facts.ts";
import { tpuSlice } from "./tpu-slice.ts";

/** What a row says about its chips, in the list's own words. */
export interface ListedChips {
  readonly cloud: string;
  readonly instanceType: string;
  readonly name: string;
  readonly count: string | undefined;
}

export interface IdentifiedChips {
  readonly accelerator: Accelerator;
  readonly accelerators: number;
  /** What had to be assumed or put right. */
  readonly notes: readonly string[];
}

/** Turns a cloud's word for a chip and its count into an accelerator and a whole number of them. */
export const identifyChips = (listed: ListedChips): Outcome<IdentifiedChips> => {
  const objection = refusedNames.find(
    ({ name, instanceType }) => name.test(listed.name) && (instanceType?.test(listed.instanceType) ?? true),
  );
  if (objection) return refuse("/AcceleratorName", objection.reason);
  if (isPartOfOne(listed)) return refuse("/AcceleratorCount", `a fraction of an accelerator: ${listed.name} in ${listed.instanceType}`);
  const slice = tpuSlice(listed.name);
  const known = chipNames.find((candidate) => isMeant(candidate, listed));
  const accelerator = under("/AcceleratorName", findAccelerator(slice?.accelerator ?? known?.accelerator ?? listed.name));
  if (!accelerator.ok) return accelerator;
  const count = readCount(listed, slice?.chips ?? 1);
  if (!count.ok) return count;
  const notes = [known?.note, count.value.note].filter((note) => note !== undefined);
  return succeed({ accelerator: accelerator.value, accelerators: count.value.accelerators, notes });
};

const isMeant = ({ cloud, instanceType, name }: ChipName, listed: ListedChips): boolean =>
  name === listed.name && (cloud ?? listed.cloud) === listed.cloud && (instanceType?.test(listed.instanceType) ?? true);

const isPartOfOne = ({ cloud, instanceType, name }: ListedChips): boolean =>
  name.includes("/") || fractionalMachines.some((machine) => machine.cloud === cloud && machine.instanceType.test(instanceType));

/** A catalog's instance holds no more. */
const mostAccelerators = 1024;

const readCount = ({ cloud, instanceType, count = "" }: ListedChips, chipsPerUnit: number) => {
  const right = trueCounts.find((machine) => machine.cloud === cloud && machine.instanceType.test(instanceType))?.accelerators;
  const listed = Number(count) * chipsPerUnit;
  if (!/^\d+(\.\d*)?$/.test(count)) return refuse("/AcceleratorCount", `"${count}" is not a count`);
  if (!Number.isInteger(listed)) return refuse("/AcceleratorCount", `a fraction of an accelerator: ${listed}`);
  const accelerators = right ?? listed;
  if (accelerators < 1) return refuse("/AcceleratorCount", "no accelerator");
  if (accelerators > mostAccelerators)
    return refuse("/AcceleratorCount", `more than ${mostAccelerators} accelerators: a catalog holds no larger machine`);
  const note = accelerators === listed ? undefined : `the list counts ${listed} accelerators; the machine has ${accelerators}`;
  return succeed({ accelerators, note });
};
