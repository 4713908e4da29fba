import { divideUsd, type HorizonStage, type MicroUsd, sumUsd, timesCount } from "@headroom/core";

export interface PricedStage {
  readonly stage: HorizonStage;
  readonly fleet: { readonly costPerHour: MicroUsd };
}

/** Mean over the hours of all stages. */
export const costOfStages = (stages: readonly PricedStage[]): MicroUsd =>
  divideUsd(
    sumUsd(stages.map(({ stage, fleet }) => timesCount(fleet.costPerHour, stage.untilHour - stage.fromHour))),
    stages.reduce((sum, { stage }) => sum + stage.untilHour - stage.fromHour, 0),
  );
