/** A solve was stopped from outside, or did not stop by itself in time. */
export class SolveAborted extends Error {
  override readonly name: string = "SolveAborted";
}

/** A solve was stopped because it needs more memory than it may have: asked again, it would again. */
export class SolveTooLarge extends SolveAborted {
  override readonly name = "SolveTooLarge";
  /** What would be right. */
  readonly errors = [
    {
      pointer: "",
      detail: "needs fewer services, traffic classes or offers (market.providers, market.accelerators, market.instanceTypes)",
    },
  ];
}
