import { mixDocument, mixRequest, parseMixRequest, serviceMixDocument } from "@headroom/core";
import { z } from "zod";
import type { Dependencies } from "../dependencies.ts";
import { bodyProblems, type Operation } from "../http/operation.ts";
import { readBodyWith } from "../http/read-body.ts";
import { refuse, refuseFields } from "../http/refuse.ts";
import { refuseSolve } from "../solve/refuse-solve.ts";

export const createMixOperation = ({ solver, slots, lifecycle }: Dependencies): Operation => ({
  method: "post",
  path: "/v1/mixes",
  tag: "Plans",
  summary: "The cheapest machines for rates the caller has measured",
  body: mixRequest,
  answers: { 200: { description: "The mix.", schema: z.union([mixDocument, serviceMixDocument]) } },
  problems: [...bodyProblems, "solve-stopped", "too-many-solves", "stopping"],
  handle: async (context) => {
    const request = await readBodyWith(context, parseMixRequest);
    if (!request.ok) return request.response;
    const signal = AbortSignal.any([context.req.raw.signal, lifecycle.stopping]);
    try {
      const outcome = await slots.run(signal, () => solver.mix(request.value, signal));
      return outcome.ok ? context.json(outcome.value) : refuseFields(context, outcome.errors);
    } catch (error) {
      return lifecycle.stopping.aborted ? refuse(context, "stopping") : refuseSolve(context, error);
    }
  },
});
