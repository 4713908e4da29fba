import { describe, expect, it } from "vitest";
import { anchorOf, errorsAt, fieldErrorsOf, placeInWords } from "./field-errors.ts";

const problemWith = (pointer: string, detail: string) => ({ type: "", title: "", status: 422, errors: [{ pointer, detail }] });

describe("fieldErrorsOf", () => {
  it.each([
    [
      "/services/0/demand/requestRatePerSecond/concurrentShare",
      "must be a share above 0, at most 1",
      "must be a percentage above 0, at most 100",
    ],
    ["/purchase/spotMaxShare", "must be a share from 0 to 1", "must be a percentage from 0 to 100"],
    ["/services/0/demand/classes/1/share", "must be a number above 0, at most 1", "must be a number above 0, at most 100"],
    ["/services/0/demand/classes", "must have shares that add up to 1, not 0.9", "must have shares that add up to 100 %, not 90 %"],
    ["/services/0/slo/requestLatencyMs", "must be a number above 0, at most 86400000", "must be a number above 0, at most 86,400"],
    ["/services/0/slo/ttftMs", "must be a number above 0, at most 86400000", "must be a number above 0, at most 86,400,000"],
    [
      "/services/0/slo",
      "needs at least one of ttftMs, tpotMs and requestLatencyMs",
      "needs at least one of first token, time per output token and whole answer",
    ],
    ["/limits/gap", "must be a share from 0 to 0.5", "must be a percentage from 0 to 50"],
  ])("speaks of %s in the field's own unit", (pointer, detail, expected) => {
    expect(fieldErrorsOf(problemWith(pointer, detail))).toEqual([{ pointer, detail: expected }]);
  });
});

describe("anchorOf", () => {
  it.each([
    { name: "a field", pointer: "/services/0/name", anchor: "/services/0/name" },
    { name: "a part of a config", pointer: "/services/0/model/config/num_hidden_layers", anchor: "/services/0/model/config" },
    { name: "a name in a list", pointer: "/market/providers/3", anchor: "/market/providers" },
    { name: "a group", pointer: "/services/0/slo", anchor: "/services/0/slo" },
    { name: "a class", pointer: "/services/0/demand/classes/1", anchor: "/services/0/demand/classes/1" },
    {
      name: "demand that is no number",
      pointer: "/services/0/demand/requestRatePerSecond",
      anchor: "/services/0/demand/requestRatePerSecond",
    },
    { name: "a field that the form does not have", pointer: "/services/0/colour", anchor: "/services/0" },
    { name: "the whole", pointer: "", anchor: "" },
    { name: "something unheard of", pointer: "/trainingJobs/0", anchor: "" },
  ])("shows an error of $name at $anchor", ({ pointer, anchor }) => {
    expect(anchorOf(pointer)).toBe(anchor);
  });

  it("shows each error once", () => {
    const errors = [
      { pointer: "/services/0/slo", detail: "needs a target" },
      { pointer: "/services/0/slo/ttftMs", detail: "must be a number" },
    ];
    expect(errorsAt(errors, "/services/0/slo")).toEqual(["needs a target"]);
    expect(errorsAt(errors, "/services/0/slo/ttftMs")).toEqual(["must be a number"]);
    expect(errorsAt(errors, "/services/0")).toEqual([]);
  });
});

it.each([
  ["/services/0/demand/classes/1/islTokens", "service 1, traffic class 2, tokens in"],
  ["/limits/budgetUsdPerMonth", "budget"],
  ["/services/0/model/id", "service 1, id"],
  ["/services/0/demand", "service 1, demand"],
  ["", "the request"],
])("names the place %s", (pointer, text) => {
  expect(placeInWords(pointer)).toBe(text);
});
