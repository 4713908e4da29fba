import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { hasSharedData, sharedNote } from "../shared-data.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Memory and gap do not depend on how busy the machine is, as times do. */
it.skipIf(!hasSharedData)(`a week of three services on 3,000 offers is planned within 0.5 % and 1 GiB${sharedNote}`, async () => {
  const { stdout } = await promisify(execFile)("node_modules/.bin/tsx", ["test/load/plan-medium.ts"], { cwd: root });
  const { gap, verified, mostResidentMib } = JSON.parse(stdout);
  expect(verified).toBe(true);
  expect(gap).toBeLessThanOrEqual(0.005);
  expect(mostResidentMib).toBeGreaterThan(50);
  expect(mostResidentMib).toBeLessThan(1024);
});
