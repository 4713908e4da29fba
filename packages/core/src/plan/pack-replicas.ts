/** Replicas of one size, in accelerators. */
export interface SizedReplicas {
  readonly size: number;
  readonly count: number;
}

/**
 * How many replicas find no room: the largest first, each where the least room is left. 0 is a packing and so always right; where
 * each size divides the next larger one, as powers of two do, nothing packs more (Coffman, Garey and Johnson, 1987), so that
 * there above 0 is right as well.
 */
export const leftUnpacked = (
  replicas: readonly SizedReplicas[],
  { instances, accelerators }: { readonly instances: number; readonly accelerators: number },
): number => {
  let room = new Map([[accelerators, instances]]);
  let left = 0;
  for (const { size, count } of replicas.toSorted((a, b) => b.size - a.size)) {
    const placed = place(room, { size, count });
    room = placed.room;
    left += placed.left;
  }
  return left;
};

type Room = Map<number, number>;

/** Instances by the accelerators that are free on each. */
const place = (room: Room, { size, count }: SizedReplicas): { readonly room: Room; readonly left: number } => {
  const after: Room = new Map();
  const add = (free: number, instances: number) => {
    if (instances > 0) after.set(free, (after.get(free) ?? 0) + instances);
  };
  let left = count;
  for (const [free, instances] of [...room].toSorted(([a], [b]) => a - b)) {
    const each = Math.floor(free / size);
    const filled = each === 0 ? 0 : Math.min(instances, Math.floor(left / each));
    left -= filled * each;
    add(free - each * size, filled);
    const rest = each > 0 && filled < instances ? Math.min(left, each) : 0;
    left -= rest;
    add(free - rest * size, rest > 0 ? 1 : 0);
    add(free, instances - filled - (rest > 0 ? 1 : 0));
  }
  return { room: after, left };
};
