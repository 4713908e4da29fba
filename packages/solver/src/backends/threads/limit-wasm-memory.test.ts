import { afterEach, beforeEach, expect, it } from "vitest";
import { limitWasmMemory } from "./limit-wasm-memory.ts";

let grow: typeof WebAssembly.Memory.prototype.grow;
beforeEach(() => {
  grow = WebAssembly.Memory.prototype.grow;
});
afterEach(() => {
  WebAssembly.Memory.prototype.grow = grow;
});

it("lets memory grow to its limit, refuses more, and says so", () => {
  const wasRefused = limitWasmMemory(4 * 65_536);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 100 });
  expect(memory.grow(3)).toBe(1);
  expect(wasRefused()).toBe(false);
  expect(() => memory.grow(1)).toThrow(RangeError);
  expect(wasRefused()).toBe(true);
  expect(memory.buffer.byteLength).toBe(4 * 65_536);
});
