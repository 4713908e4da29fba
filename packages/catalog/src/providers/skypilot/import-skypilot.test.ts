import { readCatalog } from "@headroom/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importSkyPilot } from "./import-skypilot.ts";

type Row = Readonly<Record<string, string>>;

const quoted = (value: string): string => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** A list in the shape of SkyPilot's, with the columns that the rows name. */
const list = (rows: readonly Row[], lineEnd = "\n"): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => quoted(row[column] ?? "")).join(","));
  return [columns.join(","), ...lines, ""].join(lineEnd);
};

const row = (cells: Row = {}): Row => ({
  InstanceType: "g5.12xlarge",
  AcceleratorName: "A10G",
  AcceleratorCount: "4.0",
  vCPUs: "48.0",
  MemoryGiB: "192.0",
  GpuInfo: "{'Gpus': [{'Name': 'A10G', 'Manufacturer': 'NVIDIA', 'Count': 4, 'MemoryInfo': {'SizeInMiB': 22888}}]}",
  Price: "5.672",
  SpotPrice: "1.9",
  Region: "us-east-1",
  AvailabilityZone: "use1-az2",
  ...cells,
});

const onGcp = (cells: Row = {}): Row =>
  row({
    InstanceType: "",
    vCPUs: "",
    MemoryGiB: "",
    AcceleratorName: "A100",
    AcceleratorCount: "8.0",
    Price: "23.4",
    SpotPrice: "7.5",
    Region: "us-central1",
    AvailabilityZone: "us-central1-a",
    ...cells,
  });

const host = (name: string, cells: Row = {}): Row =>
  onGcp({
    InstanceType: name,
    AcceleratorName: "",
    AcceleratorCount: "",
    vCPUs: "96",
    MemoryGiB: "680",
    Price: "6",
    SpotPrice: "2",
    ...cells,
  });

const date = "2024-06-13";

const importRows = (rows: readonly Row[], cloud = "aws", hosts: readonly Row[] = []) =>
  importSkyPilot(date, [{ cloud, machines: list(rows), hosts: list(hosts) }]);

const prices = (imported: ReturnType<typeof importSkyPilot>) =>
  Object.fromEntries(imported.document.offers.map(({ id, usdPerInstanceHour }) => [id, usdPerInstanceHour]));

const reasons = (imported: ReturnType<typeof importSkyPilot>) => imported.report.refused.map(({ line, reason }) => [line, reason]);

describe("importSkyPilot", () => {
  it("turns a row into an instance type, an on-demand offer of its region and a spot offer of its zone", () => {
    const { document, report } = importRows([row()]);
    const from = { provider: "aws", instanceType: "g5.12xlarge", region: "us-east-1" };
    const origin = { trust: "list", source: "SkyPilot catalog of 2024-06-13, aws", date };
    expect(document).toEqual({
      id: "skypilot-2024-06-13",
      asOf: date,
      description: "Prices of aws, imported from the SkyPilot catalog of 2024-06-13.",
      instanceTypes: [
        {
          provider: "aws",
          name: "g5.12xlarge",
          accelerator: "a10g",
          accelerators: 4,
          vcpus: 48,
          hostMemoryGib: 192,
          network: "ethernet",
          source: origin.source,
        },
      ],
      offers: [
        { id: "aws/us-east-1/g5.12xlarge/on-demand", ...from, capacityType: "on-demand", usdPerInstanceHour: "5.672", ...origin },
        {
          id: "aws/us-east-1/use1-az2/g5.12xlarge/spot",
          ...from,
          zone: "use1-az2",
          capacityType: "spot",
          usdPerInstanceHour: "1.90",
          ...origin,
        },
      ],
      notForSale: [],
    });
    expect(report).toEqual({
      clouds: [{ cloud: "aws", rows: 1, accepted: 1, refused: 0, instanceTypes: 1, offers: 2 }],
      refused: [],
      refusedByReason: [],
      notes: [],
    });
  });

  it("keeps one on-demand offer of a region and each zone's own spot price", () => {
    const imported = importRows([
      row(),
      row({ AvailabilityZone: "use1-az4", SpotPrice: "2.5" }),
      row({ AvailabilityZone: "use1-az6", SpotPrice: "" }),
    ]);
    expect(prices(imported)).toEqual({
      "aws/us-east-1/g5.12xlarge/on-demand": "5.672",
      "aws/us-east-1/use1-az2/g5.12xlarge/spot": "1.90",
      "aws/us-east-1/use1-az4/g5.12xlarge/spot": "2.50",
    });
    expect(imported.report.clouds[0]).toMatchObject({ rows: 3, accepted: 3, refused: 0 });
  });

  it("keeps an on-demand offer for each zone where their prices differ", () => {
    const imported = importRows([row({ SpotPrice: "" }), row({ AvailabilityZone: "use1-az4", Price: "6", SpotPrice: "" })]);
    expect(prices(imported)).toEqual({
      "aws/us-east-1/use1-az2/g5.12xlarge/on-demand": "5.672",
      "aws/us-east-1/use1-az4/g5.12xlarge/on-demand": "6.00",
    });
  });

  it("needs neither zones nor spot prices nor any order of columns", () => {
    const { AvailabilityZone: _, SpotPrice: __, ...cells } = row();
    const reversed = Object.fromEntries(Object.entries(cells).toReversed());
    expect(prices(importRows([reversed]))).toEqual({ "aws/us-east-1/g5.12xlarge/on-demand": "5.672" });
  });

  it("reads the same from CRLF, a byte order mark and a file without a last line end", () => {
    const rows = [row(), row({ Region: "eu-west-1" })];
    const [plain, windows] = [list(rows), `\uFEFF${list(rows, "\r\n").trimEnd()}`].map((machines) =>
      importSkyPilot(date, [{ cloud: "aws", machines }]),
    );
    expect(windows).toEqual(plain);
  });

  it.each<{ name: string; cells: Row; reason: string }>([
    { name: "a blank price", cells: { Price: "", SpotPrice: "" }, reason: "no price" },
    { name: "a price that is no number", cells: { Price: "nan", SpotPrice: "NaN" }, reason: "no price" },
    { name: "the price 0.0", cells: { Price: "0.0", SpotPrice: "0.0" }, reason: "price 0.0 means unknown" },
    { name: "a negative price", cells: { Price: "-1" }, reason: '"-1" is not a price' },
    { name: "no accelerator", cells: { AcceleratorName: "" }, reason: "no accelerator" },
    { name: "no region", cells: { Region: "" }, reason: "no region" },
    {
      name: "a slash in a name",
      cells: { InstanceType: "g5/12" },
      reason: "a name with a slash, which divides the parts of an offer's id",
    },
    {
      name: "a name of 200 letters",
      cells: { InstanceType: "g".repeat(200) },
      reason: "names too long for an offer's id of 200 characters",
    },
  ])("refuses a row with $name", ({ cells, reason }) => {
    const { document, report } = importRows([row(cells)]);
    expect(document.offers).toEqual([]);
    expect(report.refused).toMatchObject([{ file: "aws/vms.csv", line: 2, reason }]);
  });

  it("keeps what is known of a row: spot without on demand, on demand with a broken spot price", () => {
    const imported = importRows([row({ Price: "" }), row({ Region: "eu-west-1", SpotPrice: "?" })]);
    expect(prices(imported)).toEqual({
      "aws/eu-west-1/g5.12xlarge/on-demand": "5.672",
      "aws/us-east-1/use1-az2/g5.12xlarge/spot": "1.90",
    });
    expect(imported.report.notes).toEqual([
      { file: "aws/vms.csv", line: 2, note: "no price: only the spot price is kept" },
      { file: "aws/vms.csv", line: 3, note: 'spot price left out: "?" is not a price' },
    ]);
  });

  it("keeps a spot price at or above on demand and notes it", () => {
    const imported = importRows([row({ SpotPrice: "5.672" }), row({ AvailabilityZone: "use1-az4", SpotPrice: "5.6721" })]);
    expect(Object.keys(prices(imported))).toHaveLength(3);
    expect(imported.report.notes.map(({ note }) => note)).toEqual([
      "spot costs as much as on demand",
      "spot 5.6721 is above on demand 5.672",
    ]);
  });

  it("keeps the first of two rows for one machine in one place and reports the rest", () => {
    const imported = importRows([row(), row({ Price: "9" }), row({ AcceleratorCount: "4" })]);
    expect(prices(imported)["aws/us-east-1/g5.12xlarge/on-demand"]).toBe("5.672");
    const repeats = "repeats an earlier row: the same machine in the same place";
    expect(reasons(imported)).toEqual([
      [3, repeats],
      [4, repeats],
    ]);
    expect(imported.report.refusedByReason).toEqual([{ reason: repeats, rows: 2 }]);
  });

  it("refuses a row that gives a known machine other accelerators", () => {
    const imported = importRows([row(), row({ Region: "eu-west-1", AcceleratorCount: "8" })]);
    expect(reasons(imported)).toEqual([[3, "an earlier row gives this machine other accelerators"]]);
  });

  it("lists machines without any price as not for sale, unless another region has one", () => {
    const unpriced = { Price: "0.0", SpotPrice: "0.0" };
    const h100 = { AcceleratorName: "H100", AcceleratorCount: "1", InstanceType: "Standard_NC40ads_H100_v5" };
    const { document } = importRows([row({ ...h100, ...unpriced }), row(), row({ Region: "westus", ...unpriced })], "azure");
    expect(document.notForSale).toEqual([{ what: "Standard_NC40ads_H100_v5 (azure)", reason: "price 0.0 means unknown" }]);
  });

  it("knows the fabric of the machines that have one", () => {
    const machines = [
      ["aws", "p5.48xlarge", "H100", "8", "rdma", 3200],
      ["aws", "p4d.24xlarge", "A100", "8", "rdma", 400],
      ["azure", "Standard_ND96isr_H100_v5", "H100", "8", "rdma", 3200],
      ["azure", "Standard_ND96amsr_A100_v4", "A100-80GB", "8", "rdma", 1600],
      ["azure", "Standard_ND96is_H100_v5", "H100", "8", "ethernet", undefined],
      ["oci", "BM.GPU4.8", "A100", "8", "rdma", 1600],
      ["oci", "BM.GPU3.8", "V100", "8", "ethernet", undefined],
      ["lambda", "gpu_8x_h100_sxm5", "H100", "8", "ethernet", undefined],
    ] as const;
    for (const [cloud, InstanceType, AcceleratorName, AcceleratorCount, network, networkGbps] of machines) {
      const { document } = importRows([row({ InstanceType, AcceleratorName, AcceleratorCount })], cloud);
      expect(document.instanceTypes).toMatchObject([{ network }]);
      expect(document.instanceTypes[0]?.networkGbps).toBe(networkGbps);
    }
  });

  it("does not take the accelerators' memory for the host's", () => {
    const card = { InstanceType: "2x_A100-80GB_SECURE", AcceleratorName: "A100-80GB", AcceleratorCount: "2.0" };
    const { document } = importRows([row({ ...card, MemoryGiB: "160.0" })], "runpod");
    expect(document.instanceTypes[0]).toMatchObject({ note: "the list prints the accelerators' memory as the host's" });
    expect(document.instanceTypes[0]).not.toHaveProperty("hostMemoryGib");
    expect(importRows([row({ ...card, MemoryGiB: "234.0" })], "runpod").document.instanceTypes[0]).toMatchObject({ hostMemoryGib: 234 });
  });
});

describe("importSkyPilot, accelerators priced apart from their host", () => {
  it("adds the prices of host and accelerators in the same zone", () => {
    const imported = importRows([onGcp()], "gcp", [
      host("a2-highgpu-8g"),
      host("a2-highgpu-8g", { AvailabilityZone: "us-central1-b", Price: "99" }),
    ]);
    expect(prices(imported)).toEqual({
      "gcp/us-central1/a2-highgpu-8g/on-demand": "29.40",
      "gcp/us-central1/us-central1-a/a2-highgpu-8g/spot": "9.50",
    });
    expect(imported.document.instanceTypes).toMatchObject([{ name: "a2-highgpu-8g", accelerators: 8, vcpus: 96, hostMemoryGib: 680 }]);
  });

  it.each([
    { name: "A100", count: "16", hostName: "a2-megagpu-16g", machine: "a2-megagpu-16g" },
    { name: "A100-80GB", count: "4", hostName: "a2-ultragpu-4g", machine: "a2-ultragpu-4g" },
    { name: "H100", count: "8", hostName: "a3-highgpu-8g", machine: "a3-highgpu-8g" },
    { name: "H100-MEGA", count: "8", hostName: "a3-megagpu-8g", machine: "a3-megagpu-8g" },
    { name: "L4", count: "4", hostName: "g2-standard-48", machine: "g2-standard-48" },
    { name: "T4", count: "2", hostName: "n1-standard-8", machine: "n1-standard-8+2xT4" },
    { name: "V100", count: "8", hostName: "n1-standard-16", machine: "n1-standard-16+8xV100" },
  ])("puts $count $name into $hostName", ({ name, count, hostName, machine }) => {
    const { document } = importRows([onGcp({ AcceleratorName: name, AcceleratorCount: count })], "gcp", [host(hostName)]);
    expect(document.instanceTypes).toMatchObject([{ name: machine, accelerators: Number(count) }]);
  });

  it("offers one card in every host that carries it", () => {
    const { document, report } = importRows([onGcp({ AcceleratorName: "L4", AcceleratorCount: "1" })], "gcp", [
      host("g2-standard-4"),
      host("g2-standard-16"),
      host("g2-standard-48"),
    ]);
    expect(document.instanceTypes.map(({ name }) => name)).toEqual(["g2-standard-16", "g2-standard-4"]);
    expect(report.clouds).toMatchObject([{ rows: 1, accepted: 1, instanceTypes: 2, offers: 4 }]);
  });

  it("finds hosts in the same file too, where they are refused as machines without accelerator", () => {
    const imported = importRows([host("a2-highgpu-8g"), onGcp()], "gcp");
    expect(prices(imported)["gcp/us-central1/a2-highgpu-8g/on-demand"]).toBe("29.40");
    expect(reasons(imported)).toEqual([[2, "no accelerator"]]);
  });

  it.each<{ name: string; hosts?: Row[]; cells?: Row; reason: RegExp }>([
    { name: "no host row", hosts: [], reason: /no price of the host machine a2-highgpu-8g in the same place$/ },
    { name: "a host in another zone", hosts: [host("a2-highgpu-8g", { AvailabilityZone: "us-central1-f" })], reason: /in the same place$/ },
    { name: "a host without price", hosts: [host("a2-highgpu-8g", { Price: "", SpotPrice: "" })], reason: /in the same place$/ },
    {
      name: "prices that cannot be added",
      hosts: [host("a2-highgpu-8g", { Price: "" })],
      cells: { SpotPrice: "" },
      reason: /in the same place$/,
    },
    { name: "a count that no host takes", cells: { AcceleratorCount: "3" }, reason: /no host machine is known for 3 × A100$/ },
  ])("refuses accelerators with $name", ({ hosts = [], cells, reason }) => {
    const imported = importRows([onGcp(cells)], "gcp", hosts);
    expect(imported.report.refused).toMatchObject([{ line: 2, column: "InstanceType", reason: expect.stringMatching(reason) }]);
  });

  it("names a TPU slice by itself where the list calls every slice one machine", () => {
    const slices = ["tpu-v5p-8", "tpu-v6e-8"].map((name) =>
      onGcp({ InstanceType: "TPU-VM", AcceleratorName: name, AcceleratorCount: "1" }),
    );
    expect(importRows(slices, "gcp").document.instanceTypes).toMatchObject([
      { name: "tpu-v5p-8", accelerators: 4 },
      { name: "tpu-v6e-8", accelerators: 8 },
    ]);
  });

  it("takes a TPU slice for one machine with its chips, host included", () => {
    const slice = onGcp({ AcceleratorName: "tpu-v4-128", AcceleratorCount: "1.0", Price: "206.08", SpotPrice: "62.08" });
    const imported = importRows([slice, slice], "gcp");
    expect(imported.document.instanceTypes).toMatchObject([{ name: "tpu-v4-128", accelerator: "tpu-v4", accelerators: 64 }]);
    expect(reasons(imported)).toEqual([[3, "repeats an earlier row: the same machine in the same place"]]);
  });
});

describe("importSkyPilot, whatever the text", () => {
  const cell = fc.oneof(
    fc.constantFrom(
      "",
      "nan",
      "0.0",
      "1.5",
      "8",
      "8.0",
      "0.5",
      "-1",
      "H100",
      "A100",
      "K80",
      "tpu-v4-16",
      "A10*1/12",
      "a2-highgpu-8g",
      "us",
      "us-a",
    ),
    fc.string({ unit: "grapheme" }).filter((text) => !/["\n\r]/.test(text)),
  );
  const columns = fc.shuffledSubarray(
    [
      "InstanceType",
      "AcceleratorName",
      "AcceleratorCount",
      "vCPUs",
      "MemoryGiB",
      "GpuInfo",
      "Price",
      "SpotPrice",
      "Region",
      "AvailabilityZone",
    ],
    { minLength: 1 },
  );
  const oddList = columns.chain((names) =>
    fc.record({
      names: fc.constant(names),
      rows: fc.array(fc.array(cell, { minLength: names.length, maxLength: names.length }), { maxLength: 12 }),
    }),
  );

  it("never throws and accounts for every row", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (machines, hosts) => {
        const { report } = importSkyPilot(date, [{ cloud: "aws", machines, hosts }]);
        for (const { rows, accepted, refused } of report.clouds) expect(accepted + refused).toBe(rows);
      }),
    );
  });

  it("accounts for every row of an odd list and gives a catalog that reads", () => {
    fc.assert(
      fc.property(oddList, fc.constantFrom("aws", "gcp", "azure", "runpod"), ({ names, rows }, cloud) => {
        const lines = rows.map((cells) => cells.map(quoted).join(","));
        const kept = lines.filter((line) => line.trim() !== "");
        const { document, report } = importSkyPilot(date, [{ cloud, machines: [names.join(","), ...lines].join("\n") }]);
        expect(report.clouds).toMatchObject([{ rows: kept.length }]);
        expect(report.refused.length + (report.clouds[0]?.accepted ?? 0)).toBe(kept.length);
        expect(readCatalog(document)).toMatchObject({ ok: true });
      }),
    );
  });

  it("gives the same offers whatever the order of the rows, as long as none repeats", () => {
    const rows = ["us-east-1", "eu-west-1", "ap-south-1"].flatMap((Region) =>
      ["a", "b"].map((zone) => row({ Region, AvailabilityZone: `${Region}${zone}` })),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(importRows(shuffled).document).toEqual(importRows(rows).document);
      }),
    );
  });
});
