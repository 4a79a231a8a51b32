import { openSync } from "node:fs";
import { ReadStream, WriteStream } from "node:tty";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import input from "@inquirer/input";
import password from "@inquirer/password";

/** The terminal that a person sits at, whatever stdin and stdout are connected to. */
export interface TerminalDevice {
  show(text: string): void;
  askEmail(): Promise<string>;
  askPassword(): Promise<string>;
  /** Whether the person types "yes", for what is shown only after they gave their password. */
  askYes(message: string): Promise<boolean>;
  close(): void;
}

/**
 * Opens the controlling terminal itself. A script's pipe cannot answer for it, and the password that is asked there
 * is what an assistant with a shell does not know.
 */
export function openTerminalDevice(signal: AbortSignal): TerminalDevice {
  const [inputPath, outputPath] =
    process.platform === "win32" ? ["\\\\.\\CONIN$", "\\\\.\\CONOUT$"] : ["/dev/tty", "/dev/tty"];
  const open = () => ({
    input: new ReadStream(openSync(inputPath, "r+")),
    output: new WriteStream(openSync(outputPath, "r+")),
  });
  let own: ReturnType<typeof open>;
  try {
    own = open();
  } catch (cause) {
    throw new AppError("forbidden", "Deciding needs a person at a terminal, and there is none here.", {
      hint: "Run this in a terminal window, or decide on the Approvals page of the web.",
      cause,
    });
  }
  // A prompt ends the streams it is given, and more is shown or asked after it: each gets its own.
  const ask = async (
    prompt: (context: ReturnType<typeof open> & { signal: AbortSignal }) => Promise<string>,
  ) => {
    const streams = open();
    try {
      return await prompt({ ...streams, signal });
    } finally {
      close(streams);
    }
  };
  return {
    show: (text) => void own.output.write(text),
    askEmail: () => ask((context) => input({ message: "Your e-mail address:" }, context)),
    askPassword: () => ask((context) => password({ message: "Your password:", mask: "•" }, context)),
    askYes: async (message) => (await ask((context) => input({ message }, context))).trim() === "yes",
    close: () => close(own),
  };
}

function close({ input, output }: { input: ReadStream; output: WriteStream }): void {
  input.destroy();
  output.end();
}
