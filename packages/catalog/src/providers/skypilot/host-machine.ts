import { type MicroUsd, microUsd, type Outcome, refuse, succeed } from "@headroom/core";
import { hostMachines, isBareHost } from "./data/host-machines.ts";
import { type ListedPrices, readPrices } from "./listed-prices.ts";
import type { Cells, TableLine } from "./read-table.ts";

/** A machine as one row, or a host and an accelerator row together, price it. */
export interface PricedMachine extends ListedPrices {
  readonly name: string;
  readonly vcpus: string | undefined;
  readonly memoryGib: string | undefined;
}

/** Machines without accelerators, by place and name. */
export type HostMachines = ReadonlyMap<string, PricedMachine>;

export const readHosts = (lines: readonly TableLine[]): HostMachines => {
  const hosts = new Map<string, PricedMachine>();
  for (const { cells } of lines) {
    if (!cells.ok || cells.value.has("AcceleratorName")) continue;
    const name = cells.value.get("InstanceType");
    const prices = readPrices(cells.value);
    const key = hostKey(cells.value, name ?? "");
    if (name === undefined || !prices.ok || hosts.has(key)) continue;
    const { onDemand, spot } = prices.value;
    hosts.set(key, { name, vcpus: cells.value.get("vCPUs"), memoryGib: cells.value.get("MemoryGiB"), onDemand, spot });
  }
  return hosts;
};

/** Every machine that carries these accelerators in their own place; its price is the host's plus the accelerators'. */
export const withHosts = (
  accelerators: { readonly name: string; readonly count: number; readonly prices: ListedPrices; readonly cells: Cells },
  hosts: HostMachines,
): Outcome<readonly PricedMachine[]> => {
  const { name, count, prices, cells } = accelerators;
  const hostNames = hostMachines[name]?.[count] ?? [];
  if (hostNames.length === 0) return refuse("/InstanceType", `no instance type, and no host machine is known for ${count} × ${name}`);
  const machines = hostNames.flatMap((hostName) => {
    const host = hosts.get(hostKey(cells, hostName));
    if (!host) return [];
    const onDemand = sum(host.onDemand, prices.onDemand);
    const spot = sum(host.spot, prices.spot);
    if (onDemand === undefined && spot === undefined) return [];
    return [{ ...host, name: isBareHost(hostName) ? `${hostName}+${count}x${name}` : hostName, onDemand, spot }];
  });
  if (machines.length > 0) return succeed(machines);
  return refuse("/InstanceType", `no instance type, and no price of the host machine ${hostNames.join(" or ")} in the same place`);
};

const hostKey = (cells: Cells, name: string): string => [cells.get("Region"), cells.get("AvailabilityZone"), name].join("\n");

const sum = (a: MicroUsd | undefined, b: MicroUsd | undefined): MicroUsd | undefined =>
  a === undefined || b === undefined ? undefined : microUsd(a + b);
