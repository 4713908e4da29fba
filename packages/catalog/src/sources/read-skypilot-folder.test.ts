import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSkyPilotFolder } from "./read-skypilot-folder.ts";

const header = "InstanceType,AcceleratorName,AcceleratorCount,Price,SpotPrice,Region,AvailabilityZone";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "headroom-skypilot-"));
});

afterEach(() => rm(root, { recursive: true }));

const write = async (folder: string, cloud: string, files: Readonly<Record<string, string>>): Promise<string> => {
  await mkdir(join(root, folder, cloud), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, folder, cloud, name), text);
  return join(root, folder);
};

describe("readSkyPilotFolder", () => {
  it("imports each cloud's list, with its hosts, dated by the folder's name", async () => {
    await write("2024-06-13", "gcp", {
      "vms.csv": `${header}\n,A100,1,2.9,0.9,us-central1,us-central1-a\n`,
      "host_vms.csv": `${header}\na2-highgpu-1g,,,0.7,0.2,us-central1,us-central1-a\n`,
    });
    await write("2024-06-13", "notes", { "README.md": "no list" });
    const folder = await write("2024-06-13", "aws", { "vms.csv": `${header}\ng5.xlarge,A10G,1,1.006,,us-east-1,use1-az1\n` });
    await writeFile(join(folder, "README.md"), "no cloud");
    const imported = await readSkyPilotFolder(folder);
    expect(imported).toMatchObject({ ok: true, value: { document: { id: "skypilot-2024-06-13", asOf: "2024-06-13" } } });
    expect(imported.ok && imported.value.document.offers.map(({ id, usdPerInstanceHour }) => [id, usdPerInstanceHour])).toEqual([
      ["aws/us-east-1/g5.xlarge/on-demand", "1.006"],
      ["gcp/us-central1/a2-highgpu-1g/on-demand", "3.60"],
      ["gcp/us-central1/us-central1-a/a2-highgpu-1g/spot", "1.10"],
    ]);
  });

  it("takes the date it is given", async () => {
    const folder = await write("latest", "aws", { "vms.csv": `${header}\ng5.xlarge,A10G,1,1.006,,us-east-1,use1-az1\n` });
    expect(await readSkyPilotFolder(folder, "2025-01-31")).toMatchObject({ ok: true, value: { document: { asOf: "2025-01-31" } } });
  });

  it.each(["latest", "2024-13-41"])("refuses a folder called %s without a date", async (name) => {
    const folder = await write(name, "aws", { "vms.csv": header });
    expect(await readSkyPilotFolder(folder)).toMatchObject({ ok: false, errors: [{ pointer: "/asOf" }] });
  });

  it("refuses a folder that holds no list", async () => {
    const folder = await write("2024-06-13", "aws", { "images.csv": "a,b\n" });
    expect(await readSkyPilotFolder(folder)).toMatchObject({ ok: false, errors: [{ pointer: "/folder" }] });
  });
});
