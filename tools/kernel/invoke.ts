import { type Actor, personalWays, type Source } from "./actor.ts";
import type { AuditEntry } from "./audit.ts";
import type { Progress, WriteContext } from "./context.ts";
import type { AnyDefinition } from "./define-tool.ts";
import { AppError } from "./errors.ts";
import { isTooDeep } from "./is-too-deep.ts";
import { hasPermission } from "./permissions.ts";
import { summarizeInput } from "./summarize-input.ts";
import type { View } from "./view.ts";

export interface InvokeRequest {
  actor: Actor;
  name: string;
  input: unknown;
  source: Source;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Moves the business clock for this call: a local process with a CLOUDOPTIMA_NOW of its own. */
  now?: Temporal.Instant;
}

export interface InvokeResult {
  /** Validated against the definition's output schema. */
  output: Record<string, unknown>;
  views: View[];
}

/** The only road to a capability, whether in this process or through the socket of the one that owns the data. */
export type Invoke = (request: InvokeRequest) => Promise<InvokeResult>;

export interface InvokeEnvironment {
  find(name: string): AnyDefinition | undefined;
  /** For effect "read" the context has no `write`: calling it is a programming error that throws. */
  createContext(request: InvokeRequest, effect: AnyDefinition["effect"]): WriteContext;
  audit(actor: Actor, entry: AuditEntry): Promise<void>;
}

/** Parse, authorize, run, validate the output, make the views, audit. */
export function createInvoke(environment: InvokeEnvironment): Invoke {
  return async (request) => {
    const definition = environment.find(request.name);
    if (!definition) {
      throw new AppError("not_found", `There is no tool named "${request.name}".`, {
        hint: "List them with: npm run cloudoptima -- tools",
      });
    }
    const audit = (outcome: AuditEntry["outcome"], details: Record<string, unknown>) =>
      environment.audit(request.actor, { action: definition.name, outcome, source: request.source, details });

    const refusal = refuse(definition, request);
    if (refusal) {
      await audit("refused", {
        permission: definition.permission,
        role: request.actor.role,
        reason: refusal.message,
      });
      throw refusal;
    }

    const input = parseInput(definition, request.input);
    try {
      const output = definition.output.parse(
        await definition.run(environment.createContext(request, definition.effect), input),
      );
      const views = definition.kind === "tool" ? (definition.views?.(output) ?? []) : [];
      if (definition.effect !== "read") await audit("done", { input: summarizeInput(input) });
      return { output, views };
    } catch (error) {
      const { code, message } = AppError.from(error);
      if (code === "forbidden") {
        await audit("refused", { input: summarizeInput(input), reason: message });
      } else if (definition.effect !== "read") {
        await audit("failed", { input: summarizeInput(input), error: code });
      }
      throw error;
    }
  };
}

/** Why this actor may not, through this door; null when they may. */
function refuse(definition: AnyDefinition, { actor, source }: InvokeRequest): AppError | null {
  if (definition.kind === "operation") {
    if (source === "agent" || source === "mcp") {
      return new AppError("forbidden", `${definition.title} is not for assistants.`, {
        hint: "Only a person may do this, in the web or the terminal.",
      });
    }
    if (definition.personOnly && !personalWays.has(actor.via)) {
      return new AppError("forbidden", `${definition.title} is done by a person, never by a program's key.`, {
        hint: "Sign in with a browser and do it there.",
      });
    }
    // The session withholds the time of a demo click once something real is connected.
    if (definition.personOnly && actor.via === "session" && actor.demo && !actor.signedInAt) {
      return new AppError("forbidden", "The demo's sign-in no longer counts: something real is connected.", {
        hint: "Start the product anew, and use the set-up link it prints.",
      });
    }
  }
  if (hasPermission(actor.role, definition.permission)) return null;
  // An assistant without a key sees what a viewer sees; proposing changes nothing, so it may do that too.
  if (actor.via === "mcp" && definition.effect === "propose" && actor.role === "viewer") return null;
  return new AppError("forbidden", `${definition.title} needs the permission ${definition.permission}.`, {
    hint: `Your role is ${actor.role}; ask an admin of ${actor.organizationName}.`,
  });
}

/** A misspelt field is refused: left out in silence, the answer would be to another question. */
function parseInput(definition: AnyDefinition, raw: unknown): Record<string, unknown> {
  if (isTooDeep(raw)) {
    throw new AppError("invalid_input", `${definition.name} cannot use this input: it is nested too deep.`, {
      hint: "No field of it needs so many lists and objects in each other.",
    });
  }
  const unkept = unkeptCharacter(raw);
  if (unkept) {
    throw new AppError("invalid_input", `${definition.name} cannot use this input: it has ${unkept}.`, {
      hint: "Leave it out: no database or cloud keeps it.",
    });
  }
  // Operations take documents and policies; what a model asks by is short, and comes back in the answer's words.
  if (definition.kind === "tool" && hasLongText(raw)) {
    throw new AppError(
      "invalid_input",
      `${definition.name} cannot use this input: a text of it is too long.`,
      {
        hint: `Give at most ${longestToolText} characters.`,
      },
    );
  }
  const parsed = definition.input.strict().safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => {
    const where = issue.path.join(".");
    return where ? `${where}: ${issue.message}` : issue.message;
  });
  const fields = Object.keys(definition.input.shape);
  throw new AppError("invalid_input", `${definition.name} cannot use this input: ${issues.join("; ")}.`, {
    hint: fields.length > 0 ? `It takes: ${fields.join(", ")}.` : "It takes no input.",
    details: { issues },
  });
}

const longestToolText = 2_000;

function hasLongText(value: unknown): boolean {
  if (typeof value === "string") return value.length > longestToolText;
  return typeof value === "object" && value !== null && Object.values(value).some(hasLongText);
}

/** What no database keeps of some text, names of fields included. */
function unkeptCharacter(value: unknown): string | undefined {
  if (typeof value === "string") {
    if (value.includes("\0")) return "a NUL character";
    return value.isWellFormed() ? undefined : "half of a character";
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const part of Object.entries(value).flat()) {
    const found = unkeptCharacter(part);
    if (found) return found;
  }
  return undefined;
}
