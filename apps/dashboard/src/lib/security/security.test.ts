import { describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { isSameOrigin } from "./is-same-origin.ts";
import { isTrustedHost } from "./is-trusted-host.ts";

describe("isTrustedHost", () => {
  it.each(["127.0.0.1:4320", "localhost", "LOCALHOST:80", "[::1]:4320"])("answers to %s, which is this machine", (host) => {
    expect(isTrustedHost(host)).toBe(true);
  });

  it.each([null, "", "evil.example", "127.0.0.1.evil.example:4320", "localhost.evil.example"])("does not answer to %s", (host) => {
    expect(isTrustedHost(host)).toBe(false);
  });

  it("answers to names that were listed", () => {
    expect(isTrustedHost("headroom.example:443", "plans.example, headroom.example")).toBe(true);
    expect(isTrustedHost("other.example", "plans.example, headroom.example")).toBe(false);
  });
});

describe("isSameOrigin", () => {
  it.each([
    { name: "a page of ours", headers: { "sec-fetch-site": "same-origin" }, expected: true },
    { name: "a page of a neighbour", headers: { "sec-fetch-site": "same-site" }, expected: false },
    { name: "a foreign page", headers: { "sec-fetch-site": "cross-site" }, expected: false },
    { name: "an older browser's page of ours", headers: { origin: "http://127.0.0.1:4320", host: "127.0.0.1:4320" }, expected: true },
    { name: "an older browser's foreign page", headers: { origin: "http://evil.example", host: "127.0.0.1:4320" }, expected: false },
    { name: "an opaque origin", headers: { origin: "null", host: "127.0.0.1:4320" }, expected: false },
    { name: "no browser at all", headers: {}, expected: false },
  ])("$name: $expected", ({ headers, expected }) => {
    expect(isSameOrigin(new Headers(Object.entries(headers)))).toBe(expected);
  });
});

describe("contentSecurityPolicy", () => {
  it("lets scripts run only with the page's nonce, and evaluates nothing in production", () => {
    const policy = contentSecurityPolicy({ nonce: "abc", development: false });
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain("unsafe-eval");
  });
});
