import { expect, test } from "vitest";
import { findChangeRequest } from "./find-change-request.ts";

test.each([
  ["resize vm-web-1 to Standard_D2s_v5", "vm_rightsizing", "Standard_D2s_v5", "resize vm-web-1 "],
  [
    "scale the database ledger to GP_Gen5_2",
    "database_rightsizing",
    "GP_Gen5_2",
    "scale the database ledger ",
  ],
  ["resize the database vouchers to S0", "database_rightsizing", "S0", "resize the database vouchers "],
  [
    "scale the database vouchers to Basic please",
    "database_rightsizing",
    "Basic",
    "scale the database vouchers  please",
  ],
  ["resize vm-web-1 to something smaller", "vm_rightsizing", null, "resize vm-web-1 to something smaller"],
])("%s: the size that is named, and the words without it", (text, recommendation, to, rest) => {
  expect(findChangeRequest(text)).toEqual({ kind: "improve", recommendation, to, rest });
});

test.each([
  ["turn vm-dev-004 off", { kind: "stop" }],
  ["shut vm-dev-004 down", { kind: "stop" }],
  ["switch vm-dev-004 off every night", { kind: "improve", recommendation: "auto_shutdown" }],
])("%s: the name may stand between", (text, request) => {
  expect(findChangeRequest(text)).toMatchObject(request);
});
