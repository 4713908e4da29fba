import { expect, it } from "vitest";
import { defaultBackends } from "./backends.ts";
import { inTime } from "./in-time.ts";

it.each([
  { name: "the limit asked for where there is time", nowMs: 0, expected: 4 },
  { name: "what is left where that is less", nowMs: 8500, expected: 1.5 },
  { name: "enough to begin where the time is over", nowMs: 20_000, expected: 0.05 },
])("gives a program $name", async ({ nowMs, expected }) => {
  const given: number[] = [];
  const large = async () => ({
    name: "highs" as const,
    solve: (_program: unknown, { timeLimitSeconds }: { readonly timeLimitSeconds: number }) => {
      given.push(timeLimitSeconds);
      return { status: "infeasible" as const };
    },
  });
  const tools = inTime({ backends: { ...defaultBackends, large }, nowMs: () => nowMs }, 10_000);
  (await tools.backends.large()).solve({ variables: [], constraints: [] }, { timeLimitSeconds: 4, relativeGap: 0 });
  expect(given).toEqual([expected]);
});
