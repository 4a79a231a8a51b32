import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test } from "vitest";
import { createAgentEstate } from "../../../testing/agent-estate.ts";

describeEachEngine("an answer out of documents", (engine) => {
  test("says that sentences with numbers are left out, and of which document", async () => {
    const { ask, service, actor } = await createAgentEstate(engine.database());
    const admin = { ...actor, role: "admin" as const };
    const add = (title: string, text: string) =>
      service.invoke({ actor: admin, name: "add_knowledge", input: { title, text }, source: "web" });
    await add(
      "Tagging standard",
      "# Tags\n\nThe owner is told. Untagged machines cost us 12,345 EUR in May.",
    );
    await add("Copies", "Databases are copied to the vault. Nobody restores them alone.");

    const { answer } = await ask("What does our tagging standard say?");
    expect(answer).toContain("Tagging standard: Tags. The owner is told.");
    expect(answer).not.toContain("12,345");
    expect(answer).toMatch(/Sentences with numbers are left out, .* they stand in Tagging standard\./);
    expect(answer).not.toContain("unproven");

    const { answer: whole } = await ask("What do our documents say about the vault?");
    expect(whole).toContain("Copies: Databases are copied to the vault. Nobody restores them alone.");
    expect(whole).not.toContain("left out");
  });
});
