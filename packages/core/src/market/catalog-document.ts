import { z } from "zod";
import { count, label, notNegative, usdAmount } from "../request/fields.ts";
import { capacityType, commitmentTerm } from "../request/plan-request.ts";

/** How far a price can be trusted: read off a list or an invoice, found in a survey, or derived by an assumed discount. */
export const priceTrusts = ["list", "survey", "assumed-discount"] as const;

/** `rdma` also stands for EFA and RoCE: what lets one replica span instances. */
export const networkKinds = ["none", "ethernet", "rdma"] as const;

const date = z.iso.date("must be a date: 2026-07-30");

const instanceType = z.strictObject({
  provider: label,
  name: label,
  accelerator: label.describe("An accelerator's id."),
  accelerators: count(1024).describe("In one instance."),
  vcpus: notNegative(100_000).optional(),
  hostMemoryGib: notNegative(1e6).optional(),
  localStorageGb: notNegative(1e9).optional(),
  network: z.enum(networkKinds),
  networkGbps: notNegative(1e6).optional().describe("Of the whole instance, one direction."),
  source: label,
  note: z.string().max(500).optional(),
});

const offer = z.strictObject({
  id: label,
  provider: label,
  instanceType: label,
  region: label,
  zone: label.optional(),
  capacityType,
  term: commitmentTerm.optional(),
  usdPerInstanceHour: usdAmount,
  stock: count(10_000_000).optional().describe("Instances that can be had at once; absent: not known to be limited."),
  trust: z.enum(priceTrusts),
  source: label,
  date,
});

/** A machine that people ask for and that has no price here, with the reason. */
const notForSale = z.strictObject({ what: label, reason: z.string().min(1).max(500) });

/** A dated catalog: what can be rented, where, on which terms and for how much. */
export const catalogDocument = z.strictObject({
  id: label,
  asOf: date,
  description: z.string().max(500),
  instanceTypes: z.array(instanceType).max(50_000),
  offers: z.array(offer).max(500_000),
  notForSale: z.array(notForSale).max(10_000),
});

export type CatalogDocument = z.output<typeof catalogDocument>;
export type InstanceTypeDocument = z.output<typeof instanceType>;
export type OfferDocument = z.output<typeof offer>;
export type PriceTrust = (typeof priceTrusts)[number];
export type NetworkKind = (typeof networkKinds)[number];
