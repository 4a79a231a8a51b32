import type { ColumnType, Generated } from "kysely";
import type { AccessSchema } from "./access-schema.ts";
import type { AssessmentSchema } from "./assessment-schema.ts";
import type { ChatSchema } from "./chat-schema.ts";
import type { BigId, Day, GeneratedTimestamp, Json, Numeric, Timestamp } from "./column-types.ts";
import type { ChargeKind, CostSchema, CostSums } from "./cost-schema.ts";
import type { InventorySchema } from "./inventory-schema.ts";
import type { KnowledgeSchema } from "./knowledge-schema.ts";
import type { PolicySchema } from "./policy-schema.ts";
import type { RecommendationSchema } from "./recommendation-schema.ts";
import type { RemediationSchema } from "./remediation-schema.ts";
import type { ReportSchema } from "./report-schema.ts";

interface Organizations {
  id: string;
  name: string;
  subscription_tier: Generated<string>;
  time_zone: Generated<string>;
  retention_exempt: Generated<boolean>;
  demo: Generated<boolean>;
  settings: ColumnType<Record<string, unknown>, string | undefined, string>;
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
}

interface Users {
  id: string;
  organization_id: string;
  email: string;
  name: string;
  role: "admin" | "member" | "viewer" | "auditor";
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
  last_login: Timestamp | null;
  tokens_valid_from: Timestamp | null;
}

interface AuditLog {
  id: string;
  organization_id: string;
  /** 1, 2, 3... of the organization, without gaps. */
  sequence: ColumnType<string, string | number, never>;
  user_id: string | null;
  action: string;
  outcome: "done" | "failed" | "refused";
  source: string;
  resource_type: string | null;
  resource_id: string | null;
  details: Json<Record<string, unknown>>;
  ip_address: string | null;
  created_at: Timestamp;
  previous_mac: string;
  mac: string;
}

interface AuditHeads {
  organization_id: string;
  sequence: BigId;
  mac: string;
}

interface CloudConnections {
  id: string;
  organization_id: string;
  cloud_provider: "azure" | "aws" | "gcp" | "oci" | "other";
  connection_name: string;
  kind: "azure" | "sandbox" | "focus";
  credentials_encrypted: string | null;
  subscription_id: string | null;
  account_id: string | null;
  project_id: string | null;
  settings: ColumnType<Record<string, unknown>, string | undefined, string>;
  status: ColumnType<"active" | "error" | "disconnected", string | undefined, string>;
  last_sync: Timestamp | null;
  created_at: GeneratedTimestamp;
  identity: "host" | "service_principal" | null;
  azure_cloud: "AzureCloud" | "AzureUSGovernment" | "AzureChinaCloud" | null;
  tenant_id: string | null;
  client_id: string | null;
  disconnected_at: Timestamp | null;
  updated_at: GeneratedTimestamp;
}

interface Resources {
  id: string;
  organization_id: string;
  connection_id: string;
  cloud_provider: string;
  resource_type: string;
  resource_id: string;
  name: string;
  subscription_id: string;
  region: string | null;
  resource_group: string | null;
  tags: Json<Record<string, string>>;
  properties: Json<Record<string, unknown>>;
  status: string | null;
  discovered_at: Timestamp;
  last_updated: Timestamp;
  last_seen: Timestamp;
  gone_at: Timestamp | null;
}

export type AnalysisStatus = "running" | "done" | "failed" | "interrupted";

interface Analyses {
  id: string;
  organization_id: string;
  cause: "scan" | "request";
  status: AnalysisStatus;
  started_at: Timestamp;
  updated_at: Timestamp;
  ended_at: Timestamp | null;
  subscriptions_done: Generated<number>;
  subscriptions_total: Generated<number>;
  new_count: Generated<number>;
  fixed_count: Generated<number>;
  open_count: Generated<number>;
  by_type: Json<unknown[]>;
  failure: string | null;
  runner: Json<object> | null;
}

interface CostDeliveries {
  id: Generated<BigId>;
  organization_id: string;
  connection_id: string;
  import_id: string;
  source: string;
  provider: string;
  billing_account_id: string;
  scope: Generated<string>;
  period_start: Day;
  period_end: Day;
  first_day: Day | null;
  last_day: Day | null;
  content_hash: string;
  row_count: ColumnType<string, string | number, string | number>;
  status: "loading" | "published" | "superseded";
  loaded_at: Timestamp;
  submitted_at: Timestamp | null;
}

interface CostSeries {
  id: Generated<BigId>;
  organization_id: string;
  series_hash: string;
  provider: string;
  billing_account_id: string;
  sub_account_id: string | null;
  sub_account_name: string | null;
  service_name: string;
  service_category: string | null;
  region: string | null;
  resource_group: string | null;
  resource_id: string | null;
  resource_name: string | null;
  resource_type: string | null;
  charge_category: string;
  charge_class: string | null;
  commitment_discount_id: string | null;
  commitment_discount_type: string | null;
  commitment_discount_status: string | null;
  pricing_category: string | null;
  /** Made by the database from the columns above. */
  charge_kind: ColumnType<ChargeKind, never, never>;
  currency: string;
  tags: Json<Record<string, string>>;
}

interface CostData {
  time: Timestamp;
  period_end: Timestamp;
  organization_id: string;
  delivery_id: BigId;
  series_id: BigId;
  content_hash: string;
  occurrence: number;
  billed_cost: Numeric;
  effective_cost: Numeric;
  contracted_cost: Numeric | null;
  list_cost: Numeric | null;
  consumed_quantity: Numeric | null;
  consumed_unit: string | null;
  charge_description: string | null;
  sku_id: string | null;
}

interface CostDaily extends CostSums {
  day: Day;
  series_id: BigId;
}

interface CostMonthly extends CostSums {
  month: Day;
  series_id: BigId;
}

interface AiConversations {
  id: string;
  organization_id: string;
  user_id: string;
  title: string;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface AiMessages {
  id: string;
  organization_id: string;
  conversation_id: string;
  position: number;
  role: "user" | "assistant";
  content: string;
  parts: Json<unknown[]>;
  metadata: Json<Record<string, unknown>>;
  created_at: Timestamp;
}

interface DashboardPins {
  id: string;
  organization_id: string;
  user_id: string;
  title: string;
  tool_name: string;
  tool_input: Json<Record<string, unknown>>;
  position: number;
  created_at: Timestamp;
}

/** What the application sees: tables under row-level security, and tenant views over the time series. */
export interface Schema
  extends AssessmentSchema,
    AccessSchema,
    ChatSchema,
    CostSchema,
    InventorySchema,
    KnowledgeSchema,
    PolicySchema,
    RecommendationSchema,
    RemediationSchema,
    ReportSchema {
  organizations: Organizations;
  users: Users;
  audit_log: AuditLog;
  audit_heads: AuditHeads;
  cloud_connections: CloudConnections;
  resources: Resources;
  analyses: Analyses;
  cost_deliveries: CostDeliveries;
  cost_series: CostSeries;
  cost_data: CostData;
  cost_daily: CostDaily;
  cost_monthly: CostMonthly;
  ai_conversations: AiConversations;
  ai_messages: AiMessages;
  dashboard_pins: DashboardPins;
}
