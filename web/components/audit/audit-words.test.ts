import { describe, expect, it } from "vitest";
import { actionTitle, personText, subjectText, throughText, timeText } from "./audit-words.ts";

const row = {
  sequence: 1,
  id: "i",
  time: "2026-11-28T12:03:07.123Z",
  person: { id: "p", name: "Ada" },
  action: "approve_proposal",
  outcome: "done" as const,
  source: "web",
  resourceType: null,
  resourceId: null,
  ipAddress: null,
  details: {},
};

describe("the audit log in words", () => {
  it("says what was done, when, by whom and through which door", () => {
    expect(actionTitle("approve_proposal")).toBe("Approve proposal");
    expect(timeText(row.time)).toBe("28 Nov 2026, 12:03:07");
    expect(personText({ person: { id: null, name: null } })).toBe("Unknown");
    expect(personText({ person: { id: "p", name: null } })).toBe("Somebody who left");
    expect(throughText({ source: "rest", details: { via: "api_key" } })).toBe("REST, API key");
    expect(throughText({ source: "web", details: { via: "session" } })).toBe("Web");
  });

  it("names the subject by its last part, else by what was asked, else by what was needed", () => {
    expect(subjectText({ ...row, resourceType: "proposal", resourceId: "7f3a" })).toBe("proposal 7f3a");
    expect(subjectText({ ...row, resourceId: "/subscriptions/s/virtualmachines/vm-1" })).toBe("vm-1");
    expect(
      subjectText({ ...row, resourceType: "proposal", resourceId: "0b9f2a5e-7c1d-4f62-9b8e-3f6f0a9d2c11" }),
    ).toBe("proposal 0b9f2a5e");
    expect(subjectText({ ...row, details: { input: { title: "Costs" } } })).toBe("title: Costs");
    const resources = ["/subscriptions/s/virtualmachines/vm-1", "/subscriptions/s/virtualmachines/vm-2"];
    expect(subjectText({ ...row, details: { input: { resources } } })).toBe("resources: vm-1, vm-2");
    const scan = { connectionName: "Contoso sandbox", max_rows: 5 };
    expect(subjectText({ ...row, details: { input: scan } })).toBe(
      "connection name: Contoso sandbox, max rows: 5",
    );
    expect(subjectText({ ...row, details: { permission: "audit:read" } })).toBe("needs audit:read");
    expect(subjectText({ ...row, details: { input: {} } })).toBe("");
  });

  it("lets no name turn the line around or break it", () => {
    expect(subjectText({ ...row, resourceId: "vm\u202egnp.exe\nrow" })).toBe("vmgnp.exe row");
  });
});
