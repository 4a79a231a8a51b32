import { createInterface } from "node:readline";
import { AppError } from "../kernel/errors.ts";
import { openToolService } from "../service/open-service.ts";

// A process of its own that opens the tool service and obeys one JSON command per line; see service-process.ts.
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

try {
  const service = await openToolService({ needOwner: process.argv[2] === "lasting" });
  say({ opened: service.mode });
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, name, input, organization } = JSON.parse(line);
    if (name === "close") break;
    const answer = async () => {
      const actor = await service.localActor("local", organization);
      return service.invoke({ actor, name, input, source: "terminal" });
    };
    // Not awaited: commands of one process run beside each other, as a web's do.
    void answer().then(
      ({ output }) => say({ id, mode: service.mode, output }),
      (error: unknown) => say({ id, error: { code: AppError.from(error).code, message: String(error) } }),
    );
  }
  process.stdin.destroy(); // an open pipe would keep the process
  await service.close();
} catch (error) {
  const { code, message } = AppError.from(error);
  say({ failed: { code, message } });
  process.exitCode = 1;
}
