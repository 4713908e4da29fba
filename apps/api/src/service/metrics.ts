import { Gauge } from "prom-client";
import type { Dependencies } from "../dependencies.ts";
import type { Operation } from "../http/operation.ts";

export const metricsOperation = ({ metrics, slots }: Dependencies): Operation => {
  new Gauge({
    name: "headroom_solves",
    help: "Solves that run, and that wait for a slot.",
    labelNames: ["state"],
    registers: [metrics],
    collect() {
      const { running, waiting } = slots.counts();
      this.set({ state: "running" }, running);
      this.set({ state: "waiting" }, waiting);
    },
  });
  return {
    method: "get",
    path: "/metrics",
    tag: "Service",
    summary: "Figures for Prometheus",
    answers: { 200: { description: "In Prometheus' text format." } },
    problems: [],
    handle: async (context) => context.body(await metrics.metrics(), 200, { "content-type": metrics.contentType }),
  };
};
