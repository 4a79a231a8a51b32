/** What stands for a column or an index of the design that is not there by its name, and why. */
export interface Replaced {
  /** Columns ("table.column") or indexes that do exist. */
  by: readonly string[];
  because: string;
}

interface DesignedTable {
  columns: string;
  replaced?: Record<string, Replaced>;
}

const ownIndex = "Rows are read by tenant: an index that begins with the organization serves this too.";

/** Tables and columns of the technical design, sections 4 and 5. */
export const designedTables: Record<string, DesignedTable> = {
  organizations: { columns: "id name subscription_tier settings created_at updated_at" },
  users: {
    columns: "id organization_id email name password_hash role created_at last_login",
    replaced: {
      password_hash: {
        by: ["sign_in_accounts.password"],
        because: "A person signs in by password, single sign-on or both: each way is an account of its own.",
      },
    },
  },
  cloud_connections: {
    columns:
      "id organization_id cloud_provider connection_name credentials_encrypted subscription_id account_id project_id status last_sync created_at",
  },
  resources: {
    columns:
      "id organization_id connection_id cloud_provider resource_type resource_id name region resource_group tags properties cost_monthly discovered_at last_updated",
    replaced: {
      cost_monthly: {
        by: ["cost_monthly.series_id", "cost_series.resource_id", "cost_monthly.effective_cost"],
        because:
          "A resource costs in several currencies and kinds of cost, of charges that arrive late and are replaced: a copy on the row would be stale after each load. Its month is read from the monthly sums by its id.",
      },
    },
  },
  resource_metrics: { columns: "time resource_id metric_name value unit" },
  cost_data: {
    columns: "time organization_id connection_id resource_id service_name cost currency tags",
    replaced: {
      connection_id: {
        by: ["cost_data.delivery_id", "cost_deliveries.connection_id"],
        because: "A delivery is of one connection.",
      },
      resource_id: {
        by: ["cost_data.series_id", "cost_series.resource_id"],
        because: "What repeats from day to day is kept once a series.",
      },
      service_name: {
        by: ["cost_data.series_id", "cost_series.service_name"],
        because: "What repeats from day to day is kept once a series.",
      },
      currency: {
        by: ["cost_data.series_id", "cost_series.currency"],
        because: "What repeats from day to day is kept once a series.",
      },
      tags: {
        by: ["cost_data.series_id", "cost_series.tags"],
        because: "What repeats from day to day is kept once a series.",
      },
      cost: {
        by: [
          "cost_data.billed_cost",
          "cost_data.effective_cost",
          "cost_data.contracted_cost",
          "cost_data.list_cost",
        ],
        because: "FOCUS has four costs of one charge.",
      },
    },
  },
  recommendations: {
    columns:
      "id organization_id resource_id type title description impact effort monthly_savings annual_savings risk_level status metadata created_at updated_at",
  },
  policies: { columns: "id organization_id name description policy_yaml enabled created_at updated_at" },
  policy_violations: {
    columns: "id organization_id policy_id resource_id severity status details detected_at resolved_at",
  },
  remediation_actions: {
    columns: "id recommendation_id action_type parameters status executed_by executed_at result created_at",
    replaced: {
      recommendation_id: {
        by: ["remediation_actions.recommendation_ids"],
        because: "A proposal does what several recommendations ask for.",
      },
      parameters: {
        by: ["remediation_actions.plan", "remediation_actions.plan_hash"],
        because: "What is approved is the frozen plan; parameters are a part of it.",
      },
      executed_by: {
        by: ["remediation_approvals.user_id", "remediation_actions.proposed_by"],
        because: "The worker executes; persons propose and approve, more than one where the risk is high.",
      },
      executed_at: {
        by: ["remediation_journal.written_at"],
        because: "Each step of each item is written when it is taken.",
      },
      result: { by: ["remediation_items.result"], because: "Each of up to 50 items has its own." },
    },
  },
  audit_log: {
    columns: "id organization_id user_id action resource_type resource_id details ip_address created_at",
  },
  ai_conversations: { columns: "id organization_id user_id title created_at updated_at" },
  ai_messages: { columns: "id conversation_id role content metadata created_at" },
  reports: {
    columns: "id organization_id report_type title format file_path parameters generated_by generated_at",
    replaced: {
      file_path: {
        by: ["reports.content"],
        because: "What a report says is kept with its organization; the file is made from it when asked for.",
      },
    },
  },
  daily_cost_summary: {
    columns: "day organization_id service_name total_cost resource_count",
    replaced: {
      total_cost: {
        by: ["daily_cost_summary.billed_cost", "daily_cost_summary.effective_cost"],
        because: "FOCUS has four costs of one charge.",
      },
      resource_count: {
        by: ["daily_cost_summary.row_count"],
        because: "The design counts rows under that name.",
      },
    },
  },
};

/** Indexes of the design, with the columns that they are about, and which of ours serves each. */
export const designedIndexes: Record<string, Replaced & { columns: readonly string[] }> = {
  idx_resources_org: {
    columns: ["organization_id"],
    by: ["resources_organization_id_resource_id_key"],
    because: ownIndex,
  },
  idx_resources_type: {
    columns: ["resource_type"],
    by: ["resources_organization_type"],
    because: "Rows are read by tenant first.",
  },
  idx_resources_tags: { columns: ["tags"], by: ["resources_tags"], because: "The same, by our names." },
  idx_metrics_resource: {
    columns: ["resource_id", "day"],
    by: ["metric_series_organization_id_resource_id_metric_name_aggre_key", "metric_days_pkey"],
    because: "A day of a series is one row: the series is found by its resource, its days by their key.",
  },
  idx_cost_org_time: {
    columns: ["organization_id", "day"],
    by: ["daily_cost_summary_day"],
    because: "Costs of a span are read from the sums of its days; rows by their delivery.",
  },
  idx_cost_resource: {
    columns: ["resource_id"],
    by: ["cost_series_resource"],
    because: "The series is found by its resource, its days by the series.",
  },
  idx_recommendations_org: {
    columns: ["organization_id"],
    by: ["recommendations_savings"],
    because: ownIndex,
  },
  idx_recommendations_status: {
    columns: ["status"],
    by: ["recommendations_savings"],
    because: "One index: of a tenant, by status, dearest first.",
  },
  idx_recommendations_savings: {
    columns: ["annual_savings"],
    by: ["recommendations_savings"],
    because: "One index: of a tenant, by status, dearest first.",
  },
  idx_active_recommendations: {
    columns: ["organization_id"],
    by: ["recommendations_one_open"],
    because: "Of open and in-progress ones alone; it also keeps a resource from having two of one type.",
  },
  idx_audit_org_time: {
    columns: ["organization_id", "created_at"],
    by: ["audit_log_time"],
    because: "The same, by our names.",
  },
};
