import { parseDocument } from "yaml";
import { AppError } from "../kernel/errors.ts";
import { type Policy, PolicyDocument } from "./policy-document.ts";

export interface ParsedPolicy {
  policy: Policy;
  /** What it asks for that the product does not do, as sentences. */
  notes: string[];
}

/** Reads a policy's YAML. Throws invalid_input that names the line or the field; auto_remediate: true is refused. */
export function parsePolicy(yaml: string): ParsedPolicy {
  const document = parseDocument(yaml, { schema: "core", strict: true });
  const [problem] = document.errors;
  if (problem) throw bad(problem.message.split("\n")[0]!.replace(/:$/, ""));
  const parsed = PolicyDocument.safeParse(readPlain(document));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw bad(`${issue.path.join(".") || "the document"}: ${issue.message}`);
  }
  const { policy } = parsed.data;
  const { remediation, on_violation: asked } = policy.actions;
  if (remediation.auto_remediate) {
    throw bad(
      "policy.actions.remediation.auto_remediate: nothing is changed in a cloud before a person has approved that very change",
      "Write auto_remediate: false. What breaks the policy is listed, and a change to it can be proposed.",
    );
  }
  if (!remediation.approval_required) {
    throw bad(
      "policy.actions.remediation.approval_required: every change needs a person's approval",
      "Write approval_required: true, or leave it out.",
    );
  }
  const types = [...new Set(asked.map(({ type }) => type))];
  return {
    policy,
    notes: types.map((type) => `"${type}" is not carried out: violations are listed, nobody is told.`),
  };
}

function readPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    // Few aliases: a page of them can unfold to gigabytes.
    return document.toJS({ maxAliasCount: 20 });
  } catch (error) {
    throw bad(error instanceof Error ? error.message : "it cannot be read");
  }
}

function bad(problem: string, hint = "The policy was not saved. Mend it and send it again."): AppError {
  return new AppError("invalid_input", `The policy cannot be used: ${problem}.`, { hint });
}
