import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leftUnpacked, type SizedReplicas } from "./pack-replicas.ts";

/** Every way to place one replica after another. */
const leftByTrying = (replicas: readonly SizedReplicas[], free: readonly number[]): number => {
  const sizes = replicas.flatMap(({ size, count }) => Array.from({ length: count }, () => size));
  const search = (at: number, room: readonly number[]): number => {
    const size = sizes[at];
    if (size === undefined) return 0;
    let least = 1 + search(at + 1, room);
    for (const there of new Set(room.filter((one) => one >= size))) {
      const first = room.indexOf(there);
      const after = room.map((one, index) => (index === first ? one - size : one)).toSorted();
      least = Math.min(least, search(at + 1, after));
      if (least === 0) return 0;
    }
    return least;
  };
  return search(0, free);
};

const chain = fc.array(fc.record({ size: fc.constantFrom(1, 2, 4, 8), count: fc.integer({ min: 0, max: 3 }) }), {
  minLength: 1,
  maxLength: 3,
});

describe("leftUnpacked", () => {
  it("finds a packing of powers of two whenever trying every place finds one", () => {
    fc.assert(
      fc.property(chain, fc.integer({ min: 0, max: 2 }), fc.constantFrom(6, 8), (replicas, instances, accelerators) => {
        const tried = leftByTrying(
          replicas,
          Array.from({ length: instances }, () => accelerators),
        );
        expect(leftUnpacked(replicas, { instances, accelerators }) === 0).toBe(tried === 0);
      }),
    );
  });

  it.each([
    {
      name: "two of 4 and four of 1 on one 8",
      replicas: [
        { size: 4, count: 1 },
        { size: 1, count: 4 },
      ],
      instances: 1,
      left: 0,
    },
    {
      name: "one replica too many",
      replicas: [
        { size: 4, count: 1 },
        { size: 1, count: 5 },
      ],
      instances: 1,
      left: 1,
    },
    { name: "a size that leaves a gap on each instance", replicas: [{ size: 3, count: 5 }], instances: 2, left: 1 },
    {
      name: "thousands at once",
      replicas: [
        { size: 8, count: 100_000 },
        { size: 2, count: 4 },
      ],
      instances: 100_001,
      left: 0,
    },
  ])("packs $name", ({ replicas, instances, left }) => {
    expect(leftUnpacked(replicas, { instances, accelerators: 8 })).toBe(left);
  });
});
