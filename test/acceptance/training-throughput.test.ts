import { describe, expect, it } from "vitest";
import { hasSharedData, sharedNote } from "../shared-data.ts";
import { absoluteErrors, meanOf, medianOf } from "../truth/errors.ts";
import { adapterRows, trainingThroughputErrors } from "../truth/training-throughput-rows.ts";

/** Held-out figures stand in docs/accuracy.md; these bars keep the fit from slipping. */
describe.skipIf(!hasSharedData)(`speed of training runs${sharedNote}`, () => {
  const rows = trainingThroughputErrors();

  it("answers every run that a request can say", () => {
    expect(rows.length).toBeGreaterThan(300);
  });

  it("is within 15 % on the mean of all runs, 8 % in the median", () => {
    const errors = absoluteErrors(rows);
    expect(meanOf(errors)).toBeLessThan(0.15);
    expect(medianOf(errors)).toBeLessThan(0.08);
  });

  it.each(["a100-sxm-80gb", "a100-sxm-40gb", "h100-sxm", "gb200", "gb300", "b200-sxm", "b300-sxm"])(
    "is within 25 % on the mean of the runs on %s",
    (accelerator) => {
      expect(meanOf(absoluteErrors(rows.filter((row) => row.accelerator === accelerator)))).toBeLessThan(0.25);
    },
  );

  it("is within 15 % on the mean for adapters on one node (MLPerf v5.0), of which no fit saw any, MI300X among them", () => {
    const adapters = trainingThroughputErrors(adapterRows());
    expect(adapters.length).toBeGreaterThan(8);
    expect(meanOf(absoluteErrors(adapters))).toBeLessThan(0.15);
  });

  it("lies inside its band for 70 to 95 % of the runs", () => {
    const inside = rows.filter(({ measured, interval }) => interval && measured >= interval[0] && measured <= interval[1]);
    expect(inside.length / rows.length).toBeGreaterThan(0.7);
    expect(inside.length / rows.length).toBeLessThan(0.95);
  });
});
