import type { PlanLine } from "@headroom/core";
import { formatTotal, formatUnitPrice } from "../format/money.ts";
import { formatCount } from "../format/quantities.ts";

export interface MachineRow {
  readonly label: string;
  readonly value: string;
}

/** What a line takes and gets beside its accelerators, and what that adds to its price. */
export const machineRows = ({ needs, has, priceParts, egress }: PlanLine): MachineRow[] => [
  { label: "Disk for the weights", value: `${formatCount(needs.storageGib)} GiB an instance` },
  { label: "Host memory", value: hostMemory(needs, has) },
  { label: "Network between replicas' instances", value: network(needs, has) },
  ...(priceParts
    ? [
        {
          label: "Price an instance-hour",
          value: `${formatUnitPrice(priceParts.listUsdPerInstanceHour)} on the list + ${formatUnitPrice(priceParts.storageUsdPerInstanceHour)} storage USD`,
        },
      ]
    : []),
  ...(egress
    ? [
        {
          label: "Egress an hour",
          value: `${formatCount(egress.gibPerHour)} GiB at ${formatUnitPrice(egress.usdPerGib)} = ${formatTotal(egress.usdPerHour)} USD`,
        },
      ]
    : []),
];

const hostMemory = ({ hostMemoryGib }: PlanLine["needs"], has: PlanLine["has"]): string => {
  const wanted = `${formatCount(hostMemoryGib)} GiB wanted`;
  if (has?.hostMemoryGib === undefined) return `${wanted}, what there is is not stated`;
  const tight = has.hostMemory === "tight" ? ": loading is slow" : "";
  return `${wanted}, ${formatCount(has.hostMemoryGib)} GiB there${tight}`;
};

const network = (needs: PlanLine["needs"], has: PlanLine["has"]): string => {
  const wanted = needs.network === "none" ? "none wanted" : `${needs.network} wanted`;
  if (!has) return wanted;
  const speed = has.networkGbps === undefined ? "" : ` of ${formatCount(has.networkGbps)} Gbit/s`;
  return `${wanted}, ${has.network}${speed} there`;
};
