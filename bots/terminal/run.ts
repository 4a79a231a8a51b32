import type { Progress } from "@cloudoptima/tools/kernel/context.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { Product } from "@cloudoptima/tools/product.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { CommanderError } from "commander";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { createProgram } from "./program.ts";
import { createProgressLine } from "./progress-line.ts";
import { describeFailure } from "./report-error.ts";
import { styleFor } from "./style.ts";

/** Runs one command line to its end, the service closed again, and gives the exit code. Nothing is thrown. */
export async function run(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const progress = createProgressLine(process.stderr);
  let opening: Promise<ToolService> | undefined;
  let openingProduct: Promise<Product> | undefined;
  let verbose = false;
  let exitCode: number = exitCodes.done;

  const program = createProgram((options) => {
    verbose = options.verbose ?? false;
    return {
      style: styleFor(process.stdout),
      progress,
      signal,
      verbose,
      print: (text) => process.stdout.write(text),
      endWith(code) {
        exitCode = code;
      },
      service: () => (opening ??= open()),
      product() {
        openingProduct ??= openProduct();
        opening ??= openingProduct.then(({ service }) => service);
        return openingProduct;
      },
    };
  });
  // What went wrong is told in one line at the end; logs would bury it.
  const options = () => ({
    logLevel: verbose ? "debug" : "silent",
    waitForData: false,
    signal,
    onProgress: (update: Progress) => progress.show(update),
  });

  async function open(): Promise<ToolService> {
    const { openToolService } = await import("@cloudoptima/tools/service/open-service.ts");
    return openToolService(options());
  }

  async function openProduct(): Promise<Product> {
    return (await import("@cloudoptima/tools/product.ts")).openProduct(options());
  }

  try {
    await abortable(program.parseAsync(argv, { from: "user" }), signal);
    return exitCode;
  } catch (error) {
    progress.clear();
    if (signal.aborted) return exitCodes.interrupted;
    if (error instanceof CommanderError) {
      // Commander has already printed its sentence; asking for help is no mistake.
      return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
    }
    process.stderr.write(describeFailure(error, verbose));
    return exitCodeOf(AppError.from(error).code);
  } finally {
    progress.clear();
    const service = await opening?.catch(() => undefined);
    await service?.close();
  }
}

/** Ends at once when the person interrupts; the work behind it gets the same signal and stops by itself. */
function abortable<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("interrupted")), { once: true });
  });
  return Promise.race([work, interrupted]);
}
