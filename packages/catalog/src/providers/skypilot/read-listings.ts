import { type InstanceTypeDocument, type Outcome, refuse, succeed } from "@headroom/core";
import { acceleratorMemoryAsHostMemory, fabrics } from "./data/machine-facts.ts";
import { type HostMachines, type PricedMachine, withHosts } from "./host-machine.ts";
import { type IdentifiedChips, identifyChips } from "./identify-chips.ts";
import { type ListedPrices, readPrices } from "./listed-prices.ts";
import type { Cells } from "./read-table.ts";
import { tpuSlice } from "./tpu-slice.ts";

/** A machine in a place, with its prices there. */
export interface Listing extends ListedPrices {
  readonly instanceType: InstanceTypeDocument;
  readonly region: string;
  readonly zone: string | undefined;
}

export interface ListingContext {
  readonly cloud: string;
  readonly source: string;
  readonly hosts: HostMachines;
}

/** Reads one row. An accelerator that fits several host machines gives several listings. */
export const readListings = (
  cells: Cells,
  context: ListingContext,
): Outcome<{ readonly listings: readonly Listing[]; readonly notes: readonly string[] }> => {
  const { cloud, hosts } = context;
  const name = cells.get("AcceleratorName");
  const instanceType = cells.get("InstanceType");
  if (name === undefined) return refuse("/AcceleratorName", "no accelerator");
  const chips = identifyChips({ cloud, name, instanceType: instanceType ?? "", count: cells.get("AcceleratorCount") });
  if (!chips.ok) return chips;
  const prices = readPrices(cells);
  if (!prices.ok) return prices;
  const region = cells.get("Region");
  if (region === undefined) return refuse("/Region", "no region");
  const { onDemand, spot, notes } = prices.value;
  const machineName = tpuSlice(name) ? name : instanceType;
  const machines =
    machineName === undefined
      ? withHosts({ name, count: chips.value.accelerators, prices: prices.value, cells }, hosts)
      : succeed([{ name: machineName, vcpus: cells.get("vCPUs"), memoryGib: cells.get("MemoryGiB"), onDemand, spot }]);
  if (!machines.ok) return machines;
  const listings = machines.value.map((machine) => ({
    instanceType: instanceTypeOf(machine, chips.value, context),
    region,
    zone: cells.get("AvailabilityZone"),
    onDemand: machine.onDemand,
    spot: machine.spot,
  }));
  return succeed({ listings, notes: [...chips.value.notes, ...notes] });
};

const instanceTypeOf = (machine: PricedMachine, chips: IdentifiedChips, { cloud, source }: ListingContext): InstanceTypeDocument => {
  const { accelerator, accelerators } = chips;
  const vcpus = numberUpTo(100_000, machine.vcpus);
  const memoryGib = numberUpTo(1e6, machine.memoryGib);
  const memoryIsTheChips = memoryGib === accelerators * accelerator.marketedGb && acceleratorMemoryAsHostMemory.has(cloud);
  const fabric = fabrics.find((known) => known.cloud === cloud && known.instanceType.test(machine.name));
  const notes = [...chips.notes, ...(memoryIsTheChips ? ["the list prints the accelerators' memory as the host's"] : [])];
  return {
    provider: cloud,
    name: machine.name,
    accelerator: accelerator.id,
    accelerators,
    ...(vcpus === undefined ? {} : { vcpus }),
    ...(memoryGib === undefined || memoryIsTheChips ? {} : { hostMemoryGib: memoryGib }),
    network: fabric?.network ?? "ethernet",
    ...(fabric ? { networkGbps: fabric.networkGbps } : {}),
    source,
    ...(notes.length === 0 ? {} : { note: notes.join("; ") }),
  };
};

const numberUpTo = (most: number, cell: string | undefined): number | undefined => {
  const value = cell !== undefined && /^\d+(\.\d*)?$/.test(cell) ? Number(cell) : undefined;
  return value !== undefined && value <= most ? value : undefined;
};
