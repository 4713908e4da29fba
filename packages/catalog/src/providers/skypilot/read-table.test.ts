import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTable } from "./read-table.ts";

/** Line number and cells, or the reason why the line cannot be read. */
const read = (text: string) =>
  readTable(text).map(({ line, cells }) => [line, cells.ok ? Object.fromEntries(cells.value) : cells.errors[0]?.detail]);

describe("readTable", () => {
  it.each([
    { name: "LF line ends", text: "A,B\n1,2\n3,4\n" },
    { name: "CRLF line ends", text: "A,B\r\n1,2\r\n3,4\r\n" },
    { name: "bare CR line ends", text: "A,B\r1,2\r3,4\r" },
    { name: "no line end after the last row", text: "A,B\n1,2\n3,4" },
    { name: "a byte order mark", text: "\uFEFFA,B\n1,2\n3,4\n" },
    { name: "spaces around cells", text: "A , B\n 1,2 \n3 , 4\n" },
    { name: "quoted cells", text: '"A","B"\n"1","2"\n"3","4"\n' },
  ])("reads a file with $name", ({ text }) => {
    expect(read(text)).toEqual([
      [2, { A: "1", B: "2" }],
      [3, { A: "3", B: "4" }],
    ]);
  });

  it("finds columns by name in any order and leaves out what a list writes for nothing", () => {
    expect(read("Price,Region,SpotPrice,Zone\n,us,nan,None\n")).toEqual([[2, { Region: "us" }]]);
  });

  it("skips empty lines and still counts them", () => {
    expect(read("A\n\n1\n  \n2\n")).toEqual([
      [3, { A: "1" }],
      [5, { A: "2" }],
    ]);
  });

  it("reads Python dict text, quoted or bare", () => {
    const dict = "{'Gpus': [{'Name': 'T4', 'Count': 1.0}], 'Total': 16384}";
    expect(read(`GpuInfo,Price\n"${dict}",1\n{'Gpus': [{'Name': 'T4'}]},2\n`)).toEqual([
      [2, { GpuInfo: dict, Price: "1" }],
      [3, { GpuInfo: "{'Gpus': [{'Name': 'T4'}]}", Price: "2" }],
    ]);
  });

  it("takes a short line as one whose last cells are blank and refuses a long one", () => {
    expect(read("A,B\n1\n1,2,3\n")).toEqual([
      [2, { A: "1" }],
      [3, "has 3 cells where the header names 2"],
    ]);
  });

  it("loses no other line to one whose quote is out of place", () => {
    const broken = "not a line of comma-separated values: a quote is out of place";
    expect(read('A,B\n"1,2\n1,"op"en\n3,4\n')).toEqual([
      [2, broken],
      [3, broken],
      [4, { A: "3", B: "4" }],
    ]);
  });

  it("reads nothing from an empty file", () => {
    expect(readTable("")).toEqual([]);
  });

  it("answers one line for each line of text after the header that is not blank, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const lines = text.split(/\r\n|\n|\r/).filter((line) => line.replaceAll("\uFEFF", "").trim() !== "");
        expect(readTable(text)).toHaveLength(Math.max(lines.length - 1, 0));
      }),
    );
  });
});
