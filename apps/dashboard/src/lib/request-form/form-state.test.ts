import { describe, expect, it } from "vitest";
import { formState, jsonState, requestIn, showJson, withEdit, withPreset } from "./form-state.ts";
import { isConcerned } from "./is-concerned.ts";
import { defaultPreset } from "./presets.ts";
import { requestOf } from "./request-of-form.ts";
import { showForm } from "./show-form.ts";

const start = formState(defaultPreset.values);

describe("the form and its JSON tab", () => {
  it("go there and back without loss", () => {
    const back = showForm(showJson(start));
    expect(back.view).toBe("form");
    expect(requestOf(back.values)).toEqual(requestOf(start.values));
  });

  it("ask the same from either side", () => {
    expect(requestIn(showJson(start))).toEqual(requestIn(start));
  });

  it("stay with the JSON while it is no JSON, and keep what was typed", () => {
    const broken = { ...showJson(start), json: '{"services": [' };
    expect(showForm(broken)).toMatchObject({ view: "json", json: broken.json, message: expect.stringContaining("not JSON") });
    expect(requestIn(broken)).toMatchObject({ ok: false });
  });

  it("stay with the JSON while a field is wrong, and name it", () => {
    const wrong = showForm(jsonState({ services: [], colour: "red" }));
    expect(wrong.view).toBe("json");
    expect(wrong.errors.map(({ pointer }) => pointer)).toEqual(expect.arrayContaining(["", "/colour"]));
  });

  it("stay with the JSON where the form could not show all of it", () => {
    const request = { ...(requestOf(start.values) as object), market: { providers: ["two\nlines"] } };
    expect(showForm(jsonState(request))).toMatchObject({ view: "json", message: expect.stringContaining("more than the form can show") });
  });
});

it("forgets errors when lists move under them", () => {
  const wrong = { ...start, errors: [{ pointer: "/services/0/name", detail: "is taken" }] };
  expect(withEdit(wrong, "add:/services").errors).toEqual([]);
});

it("fills in a preset whole", () => {
  expect(withPreset("chat").values["/name"]).toBe("Chat");
  expect(withPreset("no such preset")).toEqual(start);
});

it("opens a fold for what is typed or wrong in it, and for nothing else", () => {
  const values = { "/market/regions": "eu-north1", "/market/providers": "" };
  expect(isConcerned({ values, errors: [] }, ["/market/regions"])).toBe(true);
  expect(isConcerned({ values, errors: [] }, ["/market/providers"])).toBe(false);
  expect(isConcerned({ values, errors: [{ pointer: "/market/quotas/0", detail: "" }] }, ["/market/quotas"])).toBe(true);
});
