import type { Bilingual, CheckedClaim, Verdict } from "./claim.ts";
import { brokenCode, contradictions } from "./contradictions.ts";
import { sections } from "./sections.ts";

type Language = keyof Bilingual;

const verdictWords: Readonly<Record<Verdict, Bilingual>> = {
  right: { en: "right", zh: "正确" },
  conditional: { en: "on a condition", zh: "有条件成立" },
  wrong: { en: "wrong", zh: "错误" },
  "cannot-be-checked": { en: "cannot be checked", zh: "无法核实" },
};

/** docs/claims.md: every claim with the verdict and the numbers that the code finds, in English and in Chinese. */
export const renderClaims = (): string => [...chapter("en"), "---", "", ...chapter("zh")].join("\n");

const chapter = (language: Language): readonly string[] => [
  ...opening[language],
  ...sections.flatMap(({ title, claims }) => [`## ${title[language]}`, "", ...table(claims, language), ""]),
  `## ${headings.contradictions[language]}`,
  "",
  ...bullets(contradictions(), language),
  "",
  `## ${headings.brokenCode[language]}`,
  "",
  ...bullets(brokenCode, language),
  "",
];

const headings = {
  contradictions: { en: "Where the articles contradict one another", zh: "几篇文章自相矛盾之处" },
  brokenCode: { en: "Code in the articles that does not work", zh: "文中不能照搬的代码" },
  columns: {
    en: ["| # | claim | in | verdict | what the arithmetic says |", "|---|---|---|---|---|"],
    zh: ["| # | 说法 | 出处 | 结论 | 核算 |", "|---|---|---|---|---|"],
  },
} as const;

const table = (claims: readonly CheckedClaim[], language: Language): readonly string[] => [
  ...headings.columns[language],
  ...claims.map((row) => {
    const verdict = row.verdict.map((part) => verdictWords[part][language]).join(" / ");
    return `| ${[row.number, row.claim[language], row.articles, verdict, row.recompute().figure[language]].map(cell).join(" | ")} |`;
  }),
];

const cell = (text: string | number): string => `${text}`.replaceAll("|", "\\|");

const bullets = (points: readonly Bilingual[], language: Language): readonly string[] => points.map((point) => `- ${point[language]}`);

const tally = (language: Language): string => {
  const all = sections.flatMap(({ claims }) => claims);
  const whole = (["right", "conditional", "wrong", "cannot-be-checked"] as const).map((verdict) => {
    const count = all.filter((row) => row.verdict.length === 1 && row.verdict[0] === verdict).length;
    return language === "en" ? `${count} ${verdictWords[verdict].en}` : `${count} 条${verdictWords[verdict].zh}`;
  });
  const mixed = all.filter(({ verdict }) => verdict.length > 1).length;
  return language === "en"
    ? `Of ${all.length} claims: ${whole.join(", ")}, ${mixed} of two parts with a verdict each.`
    : `共 ${all.length} 条：${whole.join("，")}，另有 ${mixed} 条含两个部分，分别给出结论。`;
};

const opening: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "# What popular articles say, checked",
    "",
    "Many who size a cluster for DeepSeek have read one of five widely read articles. They are called 000 to 004 here; a claim is named by what it says, not quoted. Every result on this page is computed by `test/claims` when the page is made: from the product's own parameter counts, memory estimates, accelerators and bundled prices where it has them, else from the claim's own inputs. A test recomputes each and derives the verdict from it. `npm run golden:update` rewrites the page.",
    "",
    '*Right*: in every case tried. *On a condition*: in some of them. *Wrong*: in none. *Cannot be checked*: the claim leaves out what a check needs. Two verdicts belong to the two parts of a claim, in order. GB = 10⁹ bytes, GiB = 2³⁰. "Common knowledge, not looked up" is just that.',
    "",
    tally("en"),
    "",
  ],
  zh: [
    "# 流行文章的说法，逐条核算",
    "",
    "很多人规划 DeepSeek 集群之前，都读过五篇流传很广的文章。这里用 000 到 004 称呼它们，每条说法只转述大意。本页的结果都由 `test/claims` 在生成页面时算出：参数量、显存、加速卡和价格取自本产品自身的数据，其余用说法自带的条件推算；测试会逐条复算，并由数字推出结论。`npm run golden:update` 会重新生成本页。",
    "",
    "**正确**：所试情形全部成立。**有条件成立**：部分情形成立。**错误**：没有一种情形成立。**无法核实**：说法缺少核算所需的条件。有两个结论的，依次对应说法的两个部分。GB = 10⁹ 字节，GiB = 2³⁰ 字节。注明“常识，未核实出处”的，请自行查证。",
    "",
    tally("zh"),
    "",
  ],
};
