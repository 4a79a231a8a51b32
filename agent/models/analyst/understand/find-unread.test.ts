import { expect, test } from "vitest";
import { saidQuestions } from "../testing/said-questions.ts";

const unread = (text: string) => saidQuestions([text])[0]!.unread ?? [];

test.each([
  ["Which VMs aren't backed up?", ["aren't backed up"]],
  ["which vnets have nothing in them", ["nothing in"]],
  ["list the encrypted disks in rg-dev", ["encrypted"]],
  ["which VM sizes do we use most?", ["sizes"]],
  ["show VMs without monitoring agents", ["without monitoring agents"]],
  ["which databases have geo replication", ["geo replication"]],
  ["which idle VMs run kubernetes nodes", ["kubernetes nodes"]],
  ["stop the idle VMs bigger than 8 cores", ["cores"]],
])("%s: what nothing of the call says is kept to be told", (text, expected) => {
  expect(unread(text)).toEqual(expected);
});

test.each([
  "list our virtual machines",
  "which VMs do we have in West Europe?",
  "how many disks do we have and what do they cost together",
  "show disks that aren't attached to anything",
  "VMs in rg-data-prod that are stopped",
  "which resources of team data have no Owner tag?",
  "what storage accounts does the web team own?",
  "any unused public IP addresses in rg-dev?",
  "which machines can we turn off",
  "how much would deleting the unattached disks save us a year?",
  "please shut down the machines nobody uses",
  "What did we spend last month?",
])("%s: all of it is in the call", (text) => {
  expect(unread(text)).toEqual([]);
});
