import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { requireConnection } from "./require-connection.ts";
import { testConnection } from "./test-connection.ts";
import { ConnectionTest } from "./test-shapes.ts";

export default defineOperation({
  name: "test_connection",
  title: "Test a connection",
  description:
    "Signs in as the connection does and says, for each subscription, which permission is missing for inventory, cost, metrics and each kind of change, and whether the exports that its costs come from can be read. It changes nothing.",
  permission: "connections:manage",
  effect: "write",
  rest: "POST /connections/{id}/test",
  input: z.object({ id: z.guid() }),
  output: ConnectionTest,
  async run(ctx, { id }) {
    const connection = await requireConnection(ctx, id);
    if (connection.kind === "focus") {
      throw new AppError("unsupported", `${connection.name} holds imported files; there is nothing to test.`);
    }
    return { connectionId: id, ...(await testConnection(ctx, connection)) };
  },
});
