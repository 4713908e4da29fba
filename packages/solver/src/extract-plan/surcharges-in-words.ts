import type { Plan, PlanRequest, Surcharges } from "@headroom/core";

/** What the cost holds of storage and egress, and on which terms. */
export const surchargesInWords = ({ services, batchJobs = [] }: PlanRequest, surcharges: Surcharges): Plan["assumptions"] => {
  const bytes = [...services, ...batchJobs].map(({ name }) => `${surcharges.bytesPerOutputToken(name)} for ${name}`);
  return {
    storage: surcharges.storage
      ? "in usdPerInstanceHour: the weights once on each rented instance's disk, for as long as it is rented; disks that come with an instance are not counted on, owned servers have theirs"
      : "not priced, published prices are 0.07 to 0.10 USD per GiB-month: give market.surcharges",
    egress: surcharges.egress
      ? `in usdPerHour beside the instances, without free allowances: bytes per output token ${bytes.join(", ")}; the fleet is chosen without it, the bound takes the cheapest network`
      : "not priced, published prices are 0 to 0.12 USD per GiB: give market.surcharges",
    hostMemory: "an engine takes 2 GiB and 4 GiB for each accelerator; a host whose memory is not stated is let through",
  };
};
