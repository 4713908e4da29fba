/** A line of text with what belongs under it. */
export interface Branch {
  readonly text: string;
  readonly branches?: readonly Branch[];
}

/** Draws branches with box characters, one line each. */
export const drawTree = ({ text, branches = [] }: Branch): string[] => [text, ...drawBranches(branches)];

const drawBranches = (branches: readonly Branch[]): string[] =>
  branches.flatMap((branch, index) => {
    const isLast = index === branches.length - 1;
    const [first = "", ...rest] = drawTree(branch);
    return [`${isLast ? "└─" : "├─"} ${first}`, ...rest.map((line) => `${isLast ? "  " : "│ "} ${line}`)];
  });
