import { readFileSync } from "node:fs";
import { readSkyPilotFolder } from "@headroom/catalog";
import { parseRequest, planRequest, readCatalog } from "@headroom/core";
import { defaultBackends, planFleet } from "@headroom/solver";
import { expect, it } from "vitest";
import { hasSharedData, sharedNote, sharedPath } from "../shared-data.ts";

it.skipIf(!hasSharedData)(
  `the knowledge base is planned on the SkyPilot catalog of 2024-06-13 within 2 s of its import${sharedNote}`,
  async () => {
    const imported = await readSkyPilotFolder(sharedPath("data/skypilot-catalog/2024-06-13"));
    if (!imported.ok) throw new Error(JSON.stringify(imported.errors));
    const { document, report } = imported.value;
    expect(report.clouds.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(3000);
    const catalog = readCatalog(document);
    const request = JSON.parse(readFileSync(new URL("../golden/knowledge-base/request.json", import.meta.url), "utf8"));
    const parsed = parseRequest(planRequest, { ...request, market: undefined });
    if (!catalog.ok || !parsed.ok) throw new Error("the catalog and the request read");
    const startedMs = performance.now();
    const outcome = await planFleet(
      { request: parsed.value, catalog: catalog.value, version: "test", newId: () => "plan_test" },
      { backends: defaultBackends, nowMs: () => performance.now() },
    );
    expect(performance.now() - startedMs).toBeLessThan(2000);
    expect(outcome).toMatchObject({ ok: true, value: { status: "optimal", catalogAsOf: "2024-06-13", proof: { verified: true, gap: 0 } } });
    if (outcome.ok) expect(outcome.value.lines).toMatchObject([{ accelerator: "h100-sxm", instancesPerReplica: 2 }]);
  },
);
