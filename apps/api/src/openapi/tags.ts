/** The parts that the API's description is divided into. */
export const tags = {
  Estimates: "Memory, speed and training time of one model on given hardware. Nothing is stored.",
  Plans: "What to rent for services and their demand, solved, checked and stored.",
  Schedules: "When a stored plan is solved again.",
  Runs: "What became of a plan when it was solved again.",
  Catalogs: "Dated prices: what can be rented, where, on which terms and for how much.",
  Measurements: "Runs of benchmarks on your own replicas: they correct what is estimated of their model and accelerator.",
  "Hardware and models": "What can be named by id in a request.",
  Jobs: "Plans, frontiers and scenarios that are solved after their request was answered.",
  Service: "For whoever operates this server.",
} as const;

export type Tag = keyof typeof tags;
