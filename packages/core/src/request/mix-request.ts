import { z } from "zod";
import type { Outcome } from "../units/index.ts";
import { count, countOrNone, label, notNegative, rate, rateOrNone, usdAmount } from "./fields.ts";
import { parseRequest } from "./parse-request.ts";

const matrixOf = (cell: z.ZodType<number>) => z.array(z.array(cell).min(1).max(200)).min(1).max(200);

const machine = z.strictObject({
  id: label,
  usdPerHour: usdAmount,
  max: countOrNone(10_000_000).optional().describe("How many can be had at most."),
  requestsPerSecond: matrixOf(rateOrNone).describe("Rows: input bucket, columns: output bucket; 0: may not serve it."),
});

const bucketForm = z.strictObject({
  machines: z.array(machine).min(1).max(500),
  demand: z.strictObject({
    distribution: matrixOf(notNegative(1e9)).describe("Share of each bucket, taken as given: bucket rate = share × rate."),
    requestRatePerSecond: rate,
  }),
  routing: z.enum(["divisible", "whole-buckets"]).optional(),
  slicesPerBucket: count(1000).optional(),
});

const option = z.strictObject({
  id: label,
  machine: label,
  machinesPerReplica: count(100_000),
  usdPerHourPerReplica: usdAmount,
  requestsPerSecondPerReplica: rate,
});

const serviceForm = z.strictObject({
  services: z
    .array(
      z.strictObject({
        name: label,
        priority: count(1000).optional().describe("Who is served first when the stock does not suffice: 1 before 2."),
        requestRatePerSecond: rate,
        options: z.array(option).min(1).max(500),
      }),
    )
    .min(1)
    .max(1000),
  stock: z.record(label, countOrNone(10_000_000)).optional(),
  optionsPerService: z.enum(["any", "one"]).optional(),
});

/** The cheapest machines for rates the caller has measured: by traffic bucket, or by service over a shared stock. */
export const mixRequest = z.union([bucketForm, serviceForm]);

/** Reads the form that the caller meant, so that errors speak of that form alone. */
export const parseMixRequest = (input: unknown): Outcome<MixRequest> =>
  parseRequest(typeof input === "object" && input !== null && "services" in input ? serviceForm : bucketForm, input);

export type BucketMixRequest = z.output<typeof bucketForm>;
export type ServiceMixRequest = z.output<typeof serviceForm>;
export type MixRequest = BucketMixRequest | ServiceMixRequest;
