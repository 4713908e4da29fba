import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idleReplicaHours } from "./idle-replica-hours.ts";

const nights = (count: number) => ({ hourOfWeek: Array.from({ length: 168 }, (_, hour) => (hour % 24 < 8 ? count : 0)) });

describe("the replica-hours that idle hours leave for work", () => {
  it.each([
    { name: "eight a night, less two half hours where the day begins within it", replicas: nights(1), hours: 24, expected: 7 },
    { name: "as much more with several replicas", replicas: nights(3), hours: 24, expected: 21 },
    { name: "of every night of a week, one of them in two parts", replicas: nights(1), hours: 168, expected: 7 * 7.5 - 0.5 },
    { name: "none before the first night is sure to have come", replicas: nights(1), hours: 16, expected: 0 },
    { name: "no started hour", replicas: nights(1), hours: 17.9, expected: 0.5 },
    { name: "all of them where nothing ends, with one change of models", replicas: 2, hours: 100, expected: 199 },
    { name: "none without an hour", replicas: 2, hours: 0.5, expected: 0 },
  ])("$name", ({ replicas, hours, expected }) => {
    expect(idleReplicaHours(replicas, hours)).toBeCloseTo(expected, 9);
  });

  it("are never fewer before a later deadline, nor with more replicas", () => {
    const week = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 168, maxLength: 168 });
    fc.assert(
      fc.property(week, fc.nat(600), fc.nat(100), fc.nat(167), (hourOfWeek, hours, later, hour) => {
        const before = idleReplicaHours({ hourOfWeek }, hours);
        expect(idleReplicaHours({ hourOfWeek }, hours + later)).toBeGreaterThanOrEqual(before - 1e-9);
        const more = hourOfWeek.map((count, at) => (at === hour ? count + 1 : count));
        expect(idleReplicaHours({ hourOfWeek: more }, hours)).toBeGreaterThanOrEqual(before - 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});
