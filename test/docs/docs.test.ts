import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { renderClaims } from "../claims/render-claims.ts";
import { renderContract } from "./render-contract.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

const pages = [
  "README.md",
  ...readdirSync(`${root}docs`, { recursive: true, encoding: "utf8" }).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

/** Paths a page speaks of: links to files, and code spans that look like a path of this repository. */
const pathsIn = (page: string): string[] => {
  const text = readFileSync(`${root}${page}`, "utf8");
  const spans = [...text.matchAll(/`((?:apps|packages|infra|test|docs)\/[\w./-]*[\w/])`/g)].flatMap(([, path]) => path ?? []);
  const folder = page.includes("/") ? page.slice(0, page.lastIndexOf("/") + 1) : "";
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].flatMap(([, path]) => (path === undefined ? [] : [`${folder}${path}`]));
  return [...spans, ...links];
};

describe.each(pages)("%s", (page) => {
  it("speaks only of files that are there", () => {
    expect(pathsIn(page).filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
  });
});

it("docs/contract.md is what the schemas say", async () => {
  await expect(renderContract()).toMatchFileSnapshot("../../docs/contract.md");
});

it("docs/claims.md is what the claims compute", async () => {
  await expect(renderClaims()).toMatchFileSnapshot("../../docs/claims.md");
});

it("README.md prints the plan that the knowledge base gets", () => {
  const plan = readFileSync(`${root}test/golden/knowledge-base/plan.golden.txt`, "utf8");
  expect(readFileSync(`${root}README.md`, "utf8")).toContain(`\`\`\`text\n${plan}\`\`\``);
});
