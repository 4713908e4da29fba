import { describe, expect, it } from "vitest";
import { countItems, removeItem } from "./edit-list.ts";
import { editLists, emptyForm, isListEdit } from "./list-items.ts";
import { defaultPreset } from "./presets.ts";
import { readFormData } from "./read-form-data.ts";
import { requestInWords } from "./request-in-words.ts";

const three = { "/services/0/name": "a", "/services/1/name": "b", "?/services/1/demand": "rate", "/services/2/name": "c", "/name": "n" };

describe("removeItem", () => {
  it("moves what is behind the item up, its alternatives too", () => {
    expect(removeItem(three, "/services", 0)).toEqual({
      "/services/0/name": "b",
      "?/services/0/demand": "rate",
      "/services/1/name": "c",
      "/name": "n",
    });
  });

  it("leaves the form as it is where there is no such item", () => {
    expect(removeItem(three, "/services", 7)).toEqual(three);
  });
});

describe("editLists", () => {
  it("adds what the list's items start with", () => {
    const values = editLists(editLists(emptyForm, "add:/services"), "add:/services/1/demand/classes");
    expect(countItems(values, "/services")).toBe(2);
    expect(countItems(values, "/services/1/demand/classes")).toBe(2);
    expect(values["/services/1/name"]).toBe("service-2");
  });

  it("adds and removes a quota", () => {
    const added = editLists(emptyForm, "add:/market/quotas");
    expect(countItems(added, "/market/quotas")).toBe(1);
    expect(editLists(added, "remove:/market/quotas/0")).toEqual(emptyForm);
  });

  it("leaves alone what is no list", () => {
    expect(editLists(three, "add:/name")).toEqual(three);
    expect(editLists(three, "remove:/name/0")).toEqual(three);
    expect(isListEdit("plan")).toBe(false);
  });
});

describe("readFormData", () => {
  it("joins the ticked boxes of one name, and tells none ticked from never asked", () => {
    const data = new FormData();
    data.append("/purchase/capacityTypes", "");
    expect(readFormData(data)).toEqual({ "/purchase/capacityTypes": "" });
    data.append("/purchase/capacityTypes", "spot");
    data.append("/purchase/capacityTypes", "reserved");
    data.append("intent", "plan");
    expect(readFormData(data)).toEqual({ "/purchase/capacityTypes": "spot\nreserved" });
  });
});

describe("requestInWords", () => {
  it("says what the default asks for", () => {
    expect(requestInWords(defaultPreset.values)).toBe("DeepSeek-V3 · 50 at once · first token 2000 ms, token 50 ms");
  });

  it("says what is missing", () => {
    expect(requestInWords({})).toBe("No service yet");
    expect(requestInWords(emptyForm)).toBe("no model");
  });
});
