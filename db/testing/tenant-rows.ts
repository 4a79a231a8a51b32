import { randomUUID } from "node:crypto";
import { costRows } from "./cost-rows.ts";
import { inventoryRows } from "./inventory-rows.ts";
import { judgementRows } from "./judgement-rows.ts";
import { knowledgeRows } from "./knowledge-rows.ts";
import { now, type Row, randomId, type TenantRows } from "./tenant-row.ts";

/** A valid row of every relation that belongs to an organization, so that none is forgotten (tenancy.test.ts counts them). */
export const rowsOf: TenantRows = {
  organizations: (id) => ({ id, name: id }),
  users: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    email: `${randomUUID()}@a.example`,
    name: "A",
    role: "viewer",
  }),
  audit_log: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    sequence: 1,
    action: "a",
    outcome: "done",
    source: "web",
    details: "{}",
    created_at: now,
    previous_mac: "",
    mac: "m",
  }),
  // Never written by hand: it follows the rows of the audit log.
  audit_heads: (organization_id) => ({ organization_id, sequence: 1, mac: "m" }),
  cloud_connections: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    cloud_provider: "azure",
    connection_name: randomUUID(),
  }),
  ...inventoryRows,
  ...judgementRows,
  ...knowledgeRows,
  ...costRows,
  ai_conversations: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    user_id: randomUUID(),
    title: "t",
    created_at: now,
    updated_at: now,
  }),
  ai_messages: (organization_id, { conversationId }) => ({
    id: randomUUID(),
    organization_id,
    conversation_id: conversationId,
    position: randomId(),
    role: "user",
    content: "c",
    created_at: now,
  }),
  dashboard_pins: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    user_id: randomUUID(),
    title: "t",
    tool_name: "t",
    tool_input: "{}",
    position: 1,
    created_at: now,
  }),
  api_keys: (organization_id, { userId }) => ({
    id: randomUUID(),
    organization_id,
    user_id: userId,
    name: "n",
    role: "viewer",
    key_hash: randomUUID(),
    created_at: now,
    updated_at: now,
  }),
  invitations: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    email: "a@a.example",
    role: "viewer",
    token_hash: randomUUID(),
    invited_by: randomUUID(),
    created_at: now,
    expires_at: now,
  }),
  former_people: (organization_id) => ({
    id: randomUUID(),
    organization_id,
    email: "a@a.example",
    name: "A",
    removed_at: now,
    removed_by: randomUUID(),
  }),
  remediation_actions: (organization_id) => proposal(organization_id, randomUUID()),
  remediation_approvals: (organization_id, { actionId }) => ({
    id: randomUUID(),
    organization_id,
    action_id: actionId,
    plan_hash: actionId,
    user_id: randomUUID(),
    decision: "approve",
    through: "web",
    decided_at: now,
  }),
  remediation_items: (organization_id, { actionId }) => ({
    organization_id,
    action_id: actionId,
    position: randomId(),
    resource_id: "r",
    updated_at: now,
  }),
  remediation_leftovers: (organization_id, { actionId }) => ({
    organization_id,
    action_id: actionId,
    position: randomId(),
    resource_id: "r",
    delete_at: now,
  }),
  remediation_journal: (organization_id, { actionId }) => ({
    organization_id,
    action_id: actionId,
    position: 0,
    step: "s",
    state: "done",
    written_at: now,
  }),
  chat_workspaces: (organization_id) => ({
    ...chat(organization_id),
    team_name: "t",
    bot_name: "b",
    connected_at: now,
  }),
  chat_link_codes: (organization_id, { userId }) => ({
    organization_id,
    user_id: userId,
    platform: "slack",
    code_hash: randomUUID(),
    demo: false,
    expires_at: now,
  }),
  chat_links: (organization_id, { userId }) => ({
    ...chat(organization_id),
    id: randomUUID(),
    user_id: userId,
    chat_user_id: randomUUID(),
    chat_name: "n",
    demo: false,
    requested_at: now,
    confirm_before: now,
    confirmed_at: now,
  }),
  chat_link_attempts: (organization_id) => ({
    ...chat(organization_id),
    chat_user_id: "u",
    window_start: now,
    attempt_count: 1,
  }),
  chat_threads: (organization_id, { userId, conversationId }) => ({
    ...chat(organization_id),
    channel_id: "c",
    thread_id: "t",
    user_id: userId,
    conversation_id: conversationId,
  }),
  chat_messages: (organization_id) => ({
    ...chat(organization_id),
    channel_id: "c",
    message_id: "m",
    taken_at: now,
  }),
  chat_cards: (organization_id, { actionId }) => ({
    ...chat(organization_id),
    channel_id: "c",
    message_id: "m",
    proposal_id: actionId,
    posted_at: now,
  }),
};

/** A workspace of its own for each row. */
const chat = (organization_id: string): Row => ({
  organization_id,
  platform: "slack",
  team_id: randomUUID(),
});

/** Its hash is its id, so that a row that depends on it can name both. */
export function proposal(organization_id: string, id: string): Row {
  return {
    id,
    organization_id,
    action_type: "a",
    plan: "{}",
    plan_hash: id,
    subject_hash: id,
    risk_level: "low",
    reversible: true,
    required_approvers: 2,
    self_approval: false,
    proposed_by: randomUUID(),
    proposed_through: "web",
    expires_at: "9999-01-01",
    created_at: now,
    updated_at: now,
  };
}
