import { z } from "zod";
import { label, positive, usdAmount } from "./fields.ts";

const prices = {
  storageUsdPerGibMonth: usdAmount.optional().describe("Of the disk that holds the weights on each instance, for as long as it is rented."),
  egressUsdPerGib: usdAmount.optional().describe("Of the answers' way out of the provider's network."),
};

const ofProvider = z.strictObject({ provider: label, ...prices });

const stated = z
  .strictObject({
    ...prices,
    providers: z
      .array(ofProvider)
      .min(1)
      .max(100)
      .superRefine((rows, context) => {
        rows.forEach(({ provider }, index) => {
          if (rows.findIndex((other) => other.provider === provider) < index)
            context.addIssue({ code: "custom", path: [index, "provider"], message: "is taken by another entry of this list" });
        });
      })
      .optional()
      .describe("Providers whose prices differ."),
    egressBytesPerOutputToken: positive(100_000).optional().describe("Absent: 300 where answers are streamed, 5 for batch jobs."),
  })
  .refine(
    ({ storageUsdPerGibMonth, egressUsdPerGib, providers }) => storageUsdPerGibMonth ?? egressUsdPerGib ?? providers,
    "needs storageUsdPerGibMonth, egressUsdPerGib or providers",
  );

/** What providers charge beside the instance; absent prices are not counted. */
export const surcharges = z
  .union([z.literal("typical"), stated], { error: 'must be "typical", or prices of storage and egress' })
  .describe("What providers charge beside the instance. typical: published prices. Absent: not priced.");

export type SurchargesRequest = z.output<typeof surcharges>;
