import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCursor, writeCursor } from "./page.ts";

describe("cursor", () => {
  it("reads what it wrote", () => {
    const latest = new Date("9999-12-31T23:59:59.999Z");
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: latest, noInvalidDate: true }), fc.uuid(), (at, id) => {
        expect(readCursor(writeCursor({ at, id }))).toEqual({ at, id });
      }),
    );
  });

  it("is refused, not guessed, where somebody else wrote it", () => {
    const notOurs = ["", "x", "bnVsbA", Buffer.from("[1]").toString("base64url"), Buffer.from('[8.64e15,"a"]').toString("base64url")];
    expect(notOurs.map(readCursor)).toEqual(notOurs.map(() => undefined));
    fc.assert(fc.property(fc.string(), (text) => readCursor(text) === undefined));
  });
});
