import type { NetworkKind } from "@headroom/core";

/** Sizes that hold a part of a card, though the list counts one: a sixth, a third, a half. */
export const fractionalMachines: readonly { readonly cloud: string; readonly instanceType: RegExp }[] = [
  { cloud: "azure", instanceType: /^Standard_NV(6|12|18)ads_A10_v5$/ },
];

/** Counts that the list has wrong: the ND H100 v5 sizes stand there with 12 accelerators; Microsoft's page says 8. */
export const trueCounts: readonly { readonly cloud: string; readonly instanceType: RegExp; readonly accelerators: number }[] = [
  { cloud: "azure", instanceType: /^Standard_ND96isr?_H100_v5$/, accelerators: 8 },
];

/** Clouds whose list prints the accelerators' memory in the host's memory column, in some or all rows. */
export const acceleratorMemoryAsHostMemory: ReadonlySet<string> = new Set(["runpod", "paperspace"]);

/** Fabric of the whole machine, one direction, front-end network cards not counted. Machines not named here have Ethernet. */
export const fabrics: readonly {
  readonly cloud: string;
  readonly instanceType: RegExp;
  readonly network: NetworkKind;
  readonly networkGbps: number;
}[] = [
  { cloud: "aws", instanceType: /^p5e?n?\.48xlarge$/, network: "rdma", networkGbps: 3200 },
  { cloud: "aws", instanceType: /^p6-b200\.48xlarge$/, network: "rdma", networkGbps: 3200 },
  { cloud: "aws", instanceType: /^p6-b300\.48xlarge$/, network: "rdma", networkGbps: 6400 },
  { cloud: "aws", instanceType: /^p4de?\.24xlarge$/, network: "rdma", networkGbps: 400 },
  { cloud: "aws", instanceType: /^p3dn\.24xlarge$/, network: "rdma", networkGbps: 100 },
  { cloud: "aws", instanceType: /^trn1\.32xlarge$/, network: "rdma", networkGbps: 800 },
  { cloud: "aws", instanceType: /^trn1n\.32xlarge$/, network: "rdma", networkGbps: 1600 },
  { cloud: "azure", instanceType: /^Standard_ND\d+isr_(H100|H200|MI300X)_v5$/, network: "rdma", networkGbps: 3200 },
  { cloud: "azure", instanceType: /^Standard_ND96a(m)?sr_(A100_)?v4$/, network: "rdma", networkGbps: 1600 },
  { cloud: "azure", instanceType: /^Standard_ND40rs_v2$/, network: "rdma", networkGbps: 100 },
  { cloud: "azure", instanceType: /^Standard_NC24rs_v3$/, network: "rdma", networkGbps: 56 },
  { cloud: "gcp", instanceType: /^a3-highgpu-8g$/, network: "ethernet", networkGbps: 800 },
  { cloud: "gcp", instanceType: /^a3-megagpu-8g$/, network: "ethernet", networkGbps: 1600 },
  { cloud: "gcp", instanceType: /^(a3-ultragpu|a4-highgpu)-8g$/, network: "rdma", networkGbps: 3200 },
  { cloud: "oci", instanceType: /^BM\.GPU(4\.8|\.A100-v2\.8)$/, network: "rdma", networkGbps: 1600 },
];
