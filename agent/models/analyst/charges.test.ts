import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { costRow } from "@cloudoptima/tools/costs/testing/load-rows.ts";
import { beforeAll, expect, test } from "vitest";
import { type AgentEstate, createAgentEstate } from "../../testing/agent-estate.ts";

// The tool's sums run on both engines beside the tool: this is how they are said.
describeOneEngine("server", "charges that are no plain usage", (engine) => {
  let estate: AgentEstate;
  beforeAll(async () => {
    const day = "2026-10-20";
    estate = await createAgentEstate(engine.database(), [
      costRow({ day, cost: "0", effectiveCost: "312.4", commitmentDiscountStatus: "Unused" }),
      costRow({ day, cost: "-212.4", chargeCategory: "Purchase", chargeClass: "Correction" }),
      costRow({ day, cost: "-5.25", chargeCategory: "Credit", serviceName: "" }),
      costRow({ day, cost: "7.5", chargeCategory: "Tax", serviceName: "" }),
    ]);
  });

  test.each([
    ["How much did we waste on unused reservations in October 2026?", ["$312.40"]],
    ["what refunds did we get in October 2026?", ["-$212.40"]],
    ["spend by charge type in October 2026", ["unused commitments: $312.40", "tax: $7.50"]],
    ["usage vs credits vs refunds in October 2026", ["refunds: -$212.40", "credits: -$5.25"]],
    [
      "What did we spend in October 2026?",
      [
        "Of it $312.40 is for reservations and savings plans that nobody used.",
        "credits -$5.25",
        "tax $7.50",
      ],
    ],
  ])("%s", async (question, said) => {
    const { answer } = await estate.ask(question);
    expect(answer).not.toContain("unproven");
    for (const words of said) expect(answer).toContain(words);
  });
});
