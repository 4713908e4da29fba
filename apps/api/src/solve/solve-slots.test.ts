import { describe, expect, it } from "vitest";
import { SlotsFull, solveSlots, WaitAborted } from "./solve-slots.ts";

const never = new AbortController().signal;

/** Work that ends when it is told to. */
const task = () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => ended, end };
};

describe("solveSlots", () => {
  it("runs so many at once, lets so many wait in order, and refuses the rest", async () => {
    const slots = solveSlots({ running: 1, waiting: 2 });
    const order: string[] = [];
    const first = task();
    const running = slots.run(never, first.run);
    const waiting = ["b", "c"].map((name) => slots.run(never, async () => order.push(name)));
    await expect(slots.run(never, async () => "d")).rejects.toThrow(SlotsFull);
    expect(slots.counts()).toEqual({ running: 1, waiting: 2 });
    first.end();
    await Promise.all([running, ...waiting]);
    expect(order).toEqual(["b", "c"]);
    expect(slots.counts()).toEqual({ running: 0, waiting: 0 });
  });

  it("forgets whoever gives up waiting, and never begins their work", async () => {
    const slots = solveSlots({ running: 1, waiting: 1 });
    const first = task();
    const running = slots.run(never, first.run);
    const impatient = new AbortController();
    let begun = false;
    const waiting = slots.run(impatient.signal, async () => {
      begun = true;
    });
    impatient.abort();
    await expect(waiting).rejects.toThrow(WaitAborted);
    first.end();
    await running;
    expect(begun).toBe(false);
    expect(slots.counts()).toEqual({ running: 0, waiting: 0 });
    await expect(slots.run(impatient.signal, async () => "late")).rejects.toThrow(WaitAborted);
  });

  it("frees the slot of work that fails", async () => {
    const slots = solveSlots({ running: 1, waiting: 0 });
    await expect(slots.run(never, () => Promise.reject(new Error("broke")))).rejects.toThrow("broke");
    expect(await slots.run(never, async () => "next")).toBe("next");
  });
});
