/** The real solver thread, which wants ever more memory for whatever is called hungry. */
export const solve = async (task) => {
  const { solve: solveForReal } = await import(process.env.HEADROOM_CHAOS_SOLVER);
  const eaten = [];
  while (task.request.name === "hungry") eaten.push(new Array(100_000).fill(eaten.length));
  return solveForReal(task);
};
