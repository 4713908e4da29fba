/**
 * Published list prices of general-purpose block storage and of traffic to the internet, first paid tier, in US regions, as of
 * 2026-07-30. Free allowances and volume discounts are left out.
 *
 * aws      gp3 0.08 (a fifth below gp2's 0.10: docs.aws.amazon.com/prescriptive-guidance, "Migrate Amazon EBS volumes from gp2 to
 *          gp3"); out 0.09 up to 10 TB (aws.amazon.com/ec2/pricing/on-demand)
 * azure    out 0.087 (azure.microsoft.com/pricing/details/bandwidth)
 * gcp      pd-balanced 0.10 (cloud.google.com/compute/disks-image-pricing); out 0.12, premium tier (cloud.google.com/vpc/network-pricing)
 * coreweave file storage 0.07, egress free (docs.coreweave.com/docs/pricing/pricing-storage)
 * runpod   network volume 0.07 below 1 TB (docs.runpod.io/serverless/storage/overview), no egress fee
 * lambda   no egress fee
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
