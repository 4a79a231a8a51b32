import { expect, test } from "vitest";
import { changeScopeOf } from "../testing/change-scope-of.ts";
import { saidQuestions } from "../testing/said-questions.ts";

const poc = "is vm-dev-poc-003 really idle?";
const spike = "and what about vm-dev-spike-001?";
const idle = "show me idle VMs in rg-dev";

test.each([
  ["stop vm-dev-poc-003 and vm-dev-spike-001", ["vm-dev-poc-003", "vm-dev-spike-001"]],
  [
    "please shut down vm-dev-poc-003, vm-dev-spike-001 & vm-web-01",
    ["vm-dev-poc-003", "vm-dev-spike-001", "vm-web-01"],
  ],
  ["tag vm-dev-poc-003 and disk-export-003 with Owner=platform", ["vm-dev-poc-003", "disk-export-003"]],
  ["delete disk-export-003 and disk-old-warehouse-002", ["disk-export-003", "disk-old-warehouse-002"]],
])("%s: each name is a resource of its own", (text, names) => {
  expect(changeScopeOf([text])).toEqual({ kind: "named", names });
});

test.each([
  [[poc, spike], "stop both of them", ["vm-dev-poc-003", "vm-dev-spike-001"]],
  [[poc, spike], "shut both down", ["vm-dev-poc-003", "vm-dev-spike-001"]],
  [[poc, spike], "please turn them off", ["vm-dev-poc-003", "vm-dev-spike-001"]],
  [[poc, spike], "stop it", ["vm-dev-spike-001"]],
  [[poc], "ok, deallocate that machine", ["vm-dev-poc-003"]],
  [["compare vm-dev-poc-003 and vm-dev-spike-001"], "stop both", ["vm-dev-poc-003", "vm-dev-spike-001"]],
  [["what did vm-dev-poc-003 cost last month?", "and by service?"], "stop it please", ["vm-dev-poc-003"]],
  [["stop those"], "vm-dev-poc-003 and vm-web-01", ["vm-dev-poc-003", "vm-web-01"]],
  [["stop vm-dev-poc-003"], "and tag it with Owner=platform", ["vm-dev-poc-003"]],
])("%j, then %s: what was named", (earlier, text, names) => {
  expect(changeScopeOf([...earlier, text])).toEqual({ kind: "named", names });
});

test.each([
  [[idle], "stop those", null],
  [[idle], "turn them all off", null],
  [[idle], "shut down the VMs", null],
  [[idle], "stop both", 2],
  [["unattached disks in rg-dev"], "delete these disks", null],
])("%j, then %s: what was listed", (earlier, text, count) => {
  expect(changeScopeOf([...earlier, text])).toEqual({ kind: "listed", count });
});

test.each([
  [["stop both of them"]],
  [["stop those"]],
  [["stop it"]],
  [["shut down"]],
  [["please stop"]],
  [["stop the VMs"]],
  [["stop all VMs"]],
  [["switch everything off"]],
  [["turn off our machines"]],
  [["stop all VMs except vm-dev-poc-003"]],
  [["delete the disks"]],
  [["resize them"]],
  [["tag them with Owner=platform"]],
  [["tag all resources with Owner=platform"]],
  [[poc, spike, "and vm-web-01?", "stop both"]],
  [[poc, spike, "what did we spend last month?", "stop both of them"]],
  [["what did we spend last month?", "stop those"]],
])("%j: nobody said what, so it is open", (said) => {
  expect(changeScopeOf(said)).toMatchObject({ kind: "open" });
});

test.each([
  ["stop the idle VMs of marketing", "marketing"],
  ["stop the idle VMs not in rg-dev", "without rg-dev"],
])("%s: what cannot be read narrows, so it is asked about", (text, unread) => {
  expect(changeScopeOf([text])).toEqual({ kind: "open", unread });
});

test.each([
  "stop the idle VMs in rg-dev",
  "stop all VMs in rg-dev",
  "delete the unattached disks that are not needed",
  "right-size the SQL databases",
  "please shut down the machines nobody uses",
  "delete all old snapshots",
])("%s: a place or a finding says which", (text) => {
  expect(changeScopeOf([text])).toEqual({ kind: "described" });
});

test.each(["how much in total?", "and in total?", "what does that come to altogether?"])(
  "recommendations of a team, then %s: their savings together",
  (text) => {
    const said = ["recommendations for team data", "and for web?", text];
    expect(saidQuestions(said).at(-1)).toMatchObject({
      intent: "savings",
      filters: [{ dimension: "tag", values: ["web"] }],
    });
  },
);
