import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test } from "vitest";
import { createAgentEstate } from "../../../testing/agent-estate.ts";

describeEachEngine("recommendations of several kinds", (engine) => {
  test("are told apart, without a number word that nothing proves", async () => {
    const { ask } = await createAgentEstate(engine.database());
    const { answer, toolCalls } = await ask("What could we save by resizing databases?");
    expect(toolCalls.map(({ name }) => name)).toEqual(["list_recommendations", "list_recommendations"]);
    expect(answer).toContain("told apart, not added up");
    expect(answer).not.toContain("unproven");
  });
});
