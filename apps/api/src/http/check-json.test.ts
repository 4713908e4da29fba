import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findUnstorable } from "./check-json.ts";

const nested = (depth: number): unknown => JSON.parse(`${"[".repeat(depth)}1${"]".repeat(depth)}`);

describe("findUnstorable", () => {
  it.each([
    { name: "U+0000 in a text", value: { a: [{ "b/c": "x\0" }] }, pointer: "/a/0/b~1c" },
    { name: "U+0000 in a name", value: { a: { "x\0": 1 } }, pointer: "/a" },
    { name: "half a surrogate pair", value: ["\ud800"], pointer: "/0" },
    { name: "a number that overflowed", value: JSON.parse('{"n":1e309}'), pointer: "/n" },
    { name: "a key that reaches for the prototype", value: JSON.parse('{"a":{"__proto__":1}}'), pointer: "/a" },
    {
      name: "an object of too many fields",
      value: Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [index, 1])),
      pointer: "",
    },
  ])("finds $name", ({ value, pointer }) => {
    expect(findUnstorable(value)?.pointer).toBe(pointer);
  });

  it("lets nesting of 64 through, not of 65, and is not overcome by a million", () => {
    expect(findUnstorable(nested(64))).toBeUndefined();
    expect(findUnstorable(nested(65))?.detail).toBe("nests deeper than 64");
    expect(findUnstorable(nested(1_000_000))?.detail).toBe("nests deeper than 64");
  });

  it("lets everything else through", () => {
    const storable = fc.jsonValue({ maxDepth: 5 }).filter((value) => !/\\u0000|\\ud[89a-f]|__proto__/i.test(JSON.stringify(value)));
    fc.assert(fc.property(storable, (value) => findUnstorable(value) === undefined));
  });
});
