import type { z } from "zod";
import type { ReadContext, WriteContext } from "./context.ts";
import type { Permission } from "./permissions.ts";
import type { View } from "./view.ts";

type Method = "GET" | "POST" | "PUT" | "DELETE";

/** `{param}` names of a REST path. */
type PathParameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParameters<Rest>
  : never;

/** "GET /costs/breakdown" under /api/v1; each `{param}` must be a field of the input. */
type RestRoute<Route extends string, Input extends z.ZodObject> = Route extends `${Method} /${string}`
  ? PathParameters<Route> extends keyof z.infer<Input>
    ? Route
    : never
  : never;

interface Definition<
  Name extends string,
  Input extends z.ZodObject,
  Output extends z.ZodObject,
  Route extends string,
> {
  /** snake_case; a contract with models, scripts and assistants. */
  name: Name;
  title: string;
  /** One or two sentences in the field's terms: what comes back, in which unit, for which question. */
  description: string;
  permission: Permission;
  /** A second one where two names are customary for the same thing. */
  rest?: RestRoute<Route, Input> | readonly RestRoute<Route, Input>[];
  input: Input;
  output: Output;
}

/** What a model, MCP and the terminal may call. `write` is reserved for the allow-list in registry.test.ts. */
export type ToolEffect = "read" | "propose" | "write";

export interface ToolSpec<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
  Effect extends ToolEffect = ToolEffect,
  Route extends string = string,
> extends Definition<Name, Input, Output, Route> {
  effect: Effect;
  /** Questions people ask that this tool answers; they teach the model, the analyst, the docs and the evals. */
  examples: readonly string[];
  /** How faces draw the output; the first view is the answer's chart. */
  views?(output: z.infer<Output>): View[];
  run(
    ctx: Effect extends "read" ? ReadContext : WriteContext,
    input: z.infer<Input>,
  ): Promise<z.infer<Output>>;
}

export interface Tool<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
  Effect extends ToolEffect = ToolEffect,
> extends ToolSpec<Name, Input, Output, Effect> {
  kind: "tool";
}

/** Defines a capability once; every face is made from it. */
export function defineTool<
  const Name extends string,
  Input extends z.ZodObject,
  Output extends z.ZodObject,
  const Effect extends ToolEffect,
  const Route extends string,
>(spec: ToolSpec<Name, Input, Output, Effect, Route>): Tool<Name, Input, Output, Effect> {
  return { kind: "tool", ...spec } as unknown as Tool<Name, Input, Output, Effect>;
}

/** What only a person's session, an API key or the operator's terminal may call. */
export interface OperationSpec<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
  Effect extends "read" | "write" = "read" | "write",
  Route extends string = string,
> extends Definition<Name, Input, Output, Route> {
  effect: Effect;
  /** Refused to API keys, tokens and the terminal: it changes who may do what, or what runs. */
  personOnly?: true;
  /** Its output is a FileOutput, which REST sends as the file itself. */
  download?: true;
  /** Its input holds a file: REST takes a larger body than for anything else. */
  upload?: true;
  run(
    ctx: Effect extends "read" ? ReadContext : WriteContext,
    input: z.infer<Input>,
  ): Promise<z.infer<Output>>;
}

export interface Operation<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
  Effect extends "read" | "write" = "read" | "write",
> extends OperationSpec<Name, Input, Output, Effect> {
  kind: "operation";
}

export function defineOperation<
  const Name extends string,
  Input extends z.ZodObject,
  Output extends z.ZodObject,
  const Effect extends "read" | "write",
  const Route extends string,
>(spec: OperationSpec<Name, Input, Output, Effect, Route>): Operation<Name, Input, Output, Effect> {
  return { kind: "operation", ...spec } as unknown as Operation<Name, Input, Output, Effect>;
}

/** Either kind, for the roads they share: invoke, REST, the local socket. */
export type AnyDefinition = Tool | Operation;
