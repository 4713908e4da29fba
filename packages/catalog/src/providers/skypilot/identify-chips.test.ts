import { describe, expect, it } from "vitest";
import { identifyChips } from "./identify-chips.ts";

const identify = (cloud: string, instanceType: string, name: string, count: string | undefined = "1") =>
  identifyChips({ cloud, instanceType, name, count });

describe("identifyChips", () => {
  it.each([
    ["aws", "p4d.24xlarge", "A100", "a100-sxm-40gb"],
    ["aws", "p4de.24xlarge", "A100-80GB", "a100-sxm-80gb"],
    ["aws", "p5.48xlarge", "H100", "h100-sxm"],
    ["aws", "p3.2xlarge", "V100", "v100-sxm2-16gb"],
    ["aws", "p3dn.24xlarge", "V100-32GB", "v100-sxm2-32gb"],
    ["aws", "inf2.xlarge", "Inferentia", "inferentia2"],
    ["aws", "trn1.2xlarge", "Trainium", "trainium1"],
    ["azure", "Standard_ND96asr_v4", "A100", "a100-sxm-40gb"],
    ["azure", "Standard_ND96amsr_A100_v4", "A100-80GB", "a100-sxm-80gb"],
    ["azure", "Standard_NC24ads_A100_v4", "A100-80GB", "a100-pcie-80gb"],
    ["azure", "Standard_NC40ads_H100_v5", "H100", "h100-nvl"],
    ["azure", "Standard_NC6s_v3", "V100", "v100-pcie-16gb"],
    ["gcp", "a2-ultragpu-1g", "A100-80GB", "a100-sxm-80gb"],
    ["gcp", "", "H100", "h100-sxm"],
    ["gcp", "", "H100-MEGA", "h100-sxm"],
    ["oci", "BM.GPU4.8", "A100", "a100-sxm-40gb"],
    ["lambda", "gpu_1x_a100", "A100", "a100-pcie-40gb"],
    ["lambda", "gpu_1x_a100_sxm4", "A100", "a100-sxm-40gb"],
    ["lambda", "gpu_8x_a100", "A100", "a100-sxm-40gb"],
    ["lambda", "gpu_1x_h100_pcie", "H100", "h100-pcie"],
    ["lambda", "gpu_8x_h100_sxm5", "H100", "h100-sxm"],
    ["runpod", "1x_A100-80GB_SECURE", "A100-80GB", "a100-pcie-80gb"],
    ["runpod", "1x_A100-80GB-SXM_SECURE", "A100-80GB-SXM", "a100-sxm-80gb"],
    ["runpod", "1x_H100_SECURE", "H100", "h100-pcie"],
    ["runpod", "1x_H100-SXM_SECURE", "H100-SXM", "h100-sxm"],
    ["runpod", "1x_RTX3090_SECURE", "RTX3090", "rtx-3090"],
    ["runpod", "1x_RTX6000-Ada_SECURE", "RTX6000-Ada", "rtx-6000-ada"],
    ["nebius", "gpu-h100-sxm_8gpu-128vcpu-1600gb", "H100", "h100-sxm"],
    ["lambda", "gpu_8x_a100_80gb_sxm4", "A100-80GB", "a100-sxm-80gb"],
    ["scaleway", "H100-1-80G", "H100", "h100-pcie"],
  ])("knows that %s %s carries %s: %s", (cloud, instanceType, name, accelerator) => {
    expect(identify(cloud, instanceType, name)).toMatchObject({ ok: true, value: { accelerator: { id: accelerator }, notes: [] } });
  });

  it.each([
    { name: "A100-80GB", accelerator: "a100-pcie-80gb" },
    { name: "H100", accelerator: "h100-pcie" },
    { name: "V100", accelerator: "v100-pcie-16gb" },
  ])("takes a $name of unstated form for the slower card and says so", ({ name, accelerator }) => {
    const note = "the source does not tell the card's form: taken as PCIe, the slower one";
    expect(identify("fluidstack", "rec1", name)).toMatchObject({ ok: true, value: { accelerator: { id: accelerator }, notes: [note] } });
  });

  it.each([
    { slice: "tpu-v4-8", accelerator: "tpu-v4", chips: 4 },
    { slice: "tpu-v4-128", accelerator: "tpu-v4", chips: 64 },
    { slice: "tpu-v4-2048", accelerator: "tpu-v4", chips: 1024 },
    { slice: "tpu-v5p-8", accelerator: "tpu-v5p", chips: 4 },
    { slice: "tpu-v5litepod-16", accelerator: "tpu-v5e", chips: 16 },
    { slice: "tpu-v6e-8", accelerator: "tpu-v6e", chips: 8 },
  ])("counts the $chips chips of a $slice slice", ({ slice, accelerator, chips }) => {
    expect(identify("gcp", "", slice, "1.0")).toMatchObject({ ok: true, value: { accelerator: { id: accelerator }, accelerators: chips } });
  });

  it.each([
    { count: "8", accelerators: 8 },
    { count: "8.0", accelerators: 8 },
    { count: "16.", accelerators: 16 },
  ])("reads the count $count", ({ count, accelerators }) => {
    expect(identify("aws", "g5.48xlarge", "A10G", count)).toMatchObject({ ok: true, value: { accelerators } });
  });

  it("puts right a count that is known to be wrong and says so", () => {
    expect(identify("azure", "Standard_ND96isr_H100_v5", "H100", "12")).toMatchObject({
      ok: true,
      value: { accelerators: 8, notes: ["the list counts 12 accelerators; the machine has 8"] },
    });
  });

  it.each([
    { cloud: "aws", instanceType: "p2.xlarge", name: "K80", reason: /^"K80" is not a known accelerator; the nearest are / },
    { cloud: "lambda", instanceType: "gpu_1x_rtx6000", name: "RTX6000", reason: /^"RTX6000" is not a known accelerator/ },
    { cloud: "scaleway", instanceType: "GPU-3070-S", name: "RTX 3070", reason: /^"RTX 3070" is not a known accelerator/ },
    { cloud: "aws", instanceType: "dl1.24xlarge", name: "Gaudi HL-205", reason: /the nearest are gaudi2, gaudi3/ },
    { cloud: "aws", instanceType: "dl2q.24xlarge", name: "Qualcomm AI100", reason: /is not a known accelerator/ },
    { cloud: "gcp", instanceType: "", name: "tpu-v3-8", reason: /^"tpu-v3" is not a known accelerator; the nearest are tpu-v4/ },
    { cloud: "aws", instanceType: "inf1.xlarge", name: "Inferentia", reason: /^the first Inferentia is not a known accelerator/ },
    { cloud: "aws", instanceType: "f1.2xlarge", name: "Virtex UltraScale (VU9P)", reason: /^not an accelerator for language models: FPGA/ },
    { cloud: "alicloud", instanceType: "ecs.sgn7i", name: "A10*1/12", reason: /^a fraction of an accelerator: A10\*1\/12/ },
    { cloud: "alicloud", instanceType: "ecs.sgn6i", name: "T4/8", reason: /^a fraction of an accelerator/ },
    {
      cloud: "azure",
      instanceType: "Standard_NV6ads_A10_v5",
      name: "A10",
      reason: /^a fraction of an accelerator: A10 in Standard_NV6ads/,
    },
    { cloud: "aws", instanceType: "g6f.xlarge", name: "L4", count: "0.125", reason: /^a fraction of an accelerator: 0.125$/ },
    { cloud: "gcp", instanceType: "", name: "tpu-v4-3", reason: /^a fraction of an accelerator: 1.5$/ },
    { cloud: "gcp", instanceType: "", name: "tpu-v4-3968", reason: /^more than 1024 accelerators/ },
    { cloud: "aws", instanceType: "g5.xlarge", name: "A10G", count: "0", reason: /^no accelerator$/ },
    { cloud: "aws", instanceType: "g5.xlarge", name: "A10G", count: "many", reason: /^"many" is not a count$/ },
    { cloud: "aws", instanceType: "g5.xlarge", name: "constructor", reason: /is not a known accelerator/ },
  ])("refuses $name in $cloud $instanceType with a reason", ({ cloud, instanceType, name, count, reason }) => {
    const identified = identify(cloud, instanceType, name, count);
    expect(identified).toMatchObject({ ok: false, errors: [{ detail: expect.stringMatching(reason) }] });
  });

  it("refuses a row without a count", () => {
    expect(identifyChips({ cloud: "aws", instanceType: "g5.xlarge", name: "A10G", count: undefined }).ok).toBe(false);
  });
});
