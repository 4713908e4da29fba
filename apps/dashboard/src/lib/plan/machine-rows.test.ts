import { expect, it } from "vitest";
import { machineRows } from "./machine-rows.ts";
import { sampleLine } from "./sample-plan.ts";

it("says what a line takes and gets beside its accelerators", () => {
  const has = { hostMemoryGib: 1600, hostMemory: "enough", network: "rdma", networkGbps: 3200 } as const;
  expect(machineRows(sampleLine({ has })).map(({ value }) => value)).toEqual([
    "627 GiB an instance",
    "48 GiB wanted, 1,600 GiB there",
    "none wanted, rdma of 3,200 Gbit/s there",
  ]);
});

it.each([
  {
    name: "a tight host",
    has: { hostMemoryGib: 16, hostMemory: "tight", network: "none" } as const,
    says: "16 GiB there: loading is slow",
  },
  { name: "a host nobody states", has: { hostMemory: "not-known", network: "none" } as const, says: "not stated" },
])("says so of $name", ({ has, says }) => {
  expect(machineRows(sampleLine({ has }))[1]?.value).toContain(says);
});

it("shows what storage and egress add, where they are priced", () => {
  const rows = machineRows(
    sampleLine({
      priceParts: { listUsdPerInstanceHour: "28.00", storageUsdPerInstanceHour: "0.08589" },
      egress: { gibPerHour: 1.340583, usdPerGib: "0.09", usdPerHour: "0.120652" },
    }),
  );
  expect(rows.slice(3)).toEqual([
    { label: "Price an instance-hour", value: "28.00 on the list + 0.08589 storage USD" },
    { label: "Egress an hour", value: "1.340583 GiB at 0.09 = 0.12 USD" },
  ]);
});
