/**
 * What block storage and traffic to the internet usually cost in US regions, first paid tier, as known on 2026-07-30. Free
 * allowances and volume discounts are left out. How far each figure was confirmed:
 *
 * vendor's own documents   aws storage (gp3, a fifth below gp2's 0.10), coreweave storage and egress, runpod storage
 * quoted by third parties  aws, azure and gcp egress, gcp storage (pd-balanced)
 * not looked up            no egress fee at lambda and runpod, and the figures for every other provider
 *
 * A budget should rest on the caller's own prices.
 */
export const typicalSurcharges = {
  storageUsdPerGibMonth: "0.10",
  egressUsdPerGib: "0.09",
  providers: [
    { provider: "aws", storageUsdPerGibMonth: "0.08", egressUsdPerGib: "0.09" },
    { provider: "azure", egressUsdPerGib: "0.087" },
    { provider: "coreweave", storageUsdPerGibMonth: "0.07", egressUsdPerGib: "0" },
    { provider: "gcp", storageUsdPerGibMonth: "0.10", egressUsdPerGib: "0.12" },
    { provider: "lambda", egressUsdPerGib: "0" },
    { provider: "runpod", storageUsdPerGibMonth: "0.07", egressUsdPerGib: "0" },
  ],
} as const;
