export interface TpuSlice {
  /** The chip, by its id or by a name that core refuses with the nearest. */
  readonly accelerator: string;
  readonly chips: number;
}

/** Reads the name of a TPU slice: `tpu-v4-128` is 64 chips of two cores, `tpu-v6e-8` is eight chips. */
export const tpuSlice = (name: string): TpuSlice | undefined => {
  const match = sliceName.exec(name);
  const [, generation = "", size = ""] = match ?? [];
  if (!match) return undefined;
  const { accelerator = `tpu-${generation}`, unitsPerChip } = generations[generation] ?? countedInCores;
  return { accelerator, chips: Number(size) / unitsPerChip };
};

const sliceName = /^tpu-(v\d+[a-z]*)-(\d{1,6})$/;

interface Generation {
  readonly accelerator?: string;
  readonly unitsPerChip: 1 | 2;
}

/** Google counts TensorCores, two to a chip, in the names of v2, v3, v4 and v5p. */
const countedInCores: Generation = { unitsPerChip: 2 };

/** v5e and v6e slices are named by their chips. */
const generations: Readonly<Record<string, Generation>> = {
  v5litepod: { accelerator: "tpu-v5e", unitsPerChip: 1 },
  v5e: { unitsPerChip: 1 },
  v6e: { unitsPerChip: 1 },
};
