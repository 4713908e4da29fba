import { readFileSync } from "node:fs";
import { parseMixRequest } from "@headroom/core";
import { defaultBackends, mixMachines } from "@headroom/solver";
import { describe, expect, it } from "vitest";
import { hasSharedData, sharedNote, sharedPath } from "../shared-data.ts";

interface Problem {
  readonly id: string;
  readonly request: object;
  readonly optimum: Readonly<Record<"divisible" | "wholeBuckets" | "slices4" | "slices16", number>>;
}

const problems: readonly Problem[] = hasSharedData ? JSON.parse(readFileSync(sharedPath("problems/mix.json"), "utf8")) : [];

const routings = [
  { optimum: "divisible", change: {} },
  { optimum: "wholeBuckets", change: { routing: "whole-buckets" } },
  { optimum: "slices4", change: { routing: "whole-buckets", slicesPerBucket: 4 } },
  { optimum: "slices16", change: { routing: "whole-buckets", slicesPerBucket: 16 } },
] as const;

describe.skipIf(!hasSharedData)(`published mix problems${sharedNote}`, () => {
  it("are there", () => {
    expect(problems.length).toBeGreaterThan(10);
  });

  it.each(
    problems.flatMap(({ id, request, optimum }) =>
      routings.map((routing) => ({
        name: `${id} ${routing.optimum}`,
        request: { ...request, ...routing.change },
        optimum: optimum[routing.optimum],
      })),
    ),
  )("$name reaches its proven optimum, $optimum", async ({ request, optimum }) => {
    const parsed = parseMixRequest(request);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const startedMs = performance.now();
    const outcome = await mixMachines(parsed.value, { backends: defaultBackends, nowMs: () => performance.now() });
    expect(outcome).toMatchObject({ ok: true, value: { status: "optimal", proof: { gap: 0, verified: true } } });
    if (outcome.ok) expect(Math.abs(Number(outcome.value.usdPerHour) - optimum)).toBeLessThanOrEqual(1e-6 * Math.max(1, optimum));
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });
});
