import type { NamedCharge } from "@cloudoptima/tools/costs/cost-shapes.ts";
/** A way people name a service: `words` find it in a question, `labels` the services of the data that it means. */
export interface ServiceAlias {
  words: RegExp;
  labels: RegExp;
  /** Its name for a person whose data does not have it. */
  name: string;
}

const alias = (words: string, labels: string, name: string): ServiceAlias => ({
  words: new RegExp(`(?<![\\w-])(?:${words})(?![\\w-])`, "gi"),
  labels: new RegExp(labels, "i"),
  name,
});

/**
 * Everyday names of services across clouds. Only what the data really has is used; the longest words win.
 * Names follow the providers' own product lists.
 */
export const serviceAliases: readonly ServiceAlias[] = [
  alias(
    "vms?|virtual machines?|virtual servers?",
    "virtual machine|elastic compute cloud|compute engine|^compute$",
    "virtual machines",
  ),
  alias(
    "(?:amazon |aws )?ec2(?: instances?)?|elastic compute(?: cloud)?",
    "elastic compute cloud",
    "Amazon EC2",
  ),
  alias("(?:aws |amazon )?lambdas?", "lambda", "AWS Lambda"),
  alias(
    "(?:amazon |aws )?s3(?: buckets?)?|simple storage(?: service)?",
    "simple storage service|\\bs3\\b",
    "Amazon S3",
  ),
  alias(
    "blob(?: storage)?|storage accounts?|object storage|azure storage",
    "^storage|blob|storage account|simple storage|cloud storage|object storage",
    "storage",
  ),
  alias("storage", "storage|\\bs3\\b|block store|\\bdisk", "storage"),
  alias(
    "(?:managed |premium |unattached )?disks?",
    "managed disk|^disks?$|block store|persistent disk|block volume",
    "disks",
  ),
  alias("ebs|elastic block stor(?:e|age)", "elastic block", "Amazon EBS"),
  alias(
    "bandwidth|egress|data transfer|network traffic|traffic|outbound data",
    "bandwidth|data transfer|egress",
    "bandwidth",
  ),
  alias(
    "network(?:ing)?",
    "network|bandwidth|load balancer|ip address|vpn|nat gateway|data transfer|virtual private|cloudfront|front door|dns|route 53",
    "networking",
  ),
  alias("k8s|kubernetes|aks|clusters?", "kubernetes|\\baks\\b|\\beks\\b|\\bgke\\b", "Kubernetes"),
  alias(
    "(?:amazon |aws )?eks",
    "\\beks\\b|elastic kubernetes|elastic container service for kubernetes",
    "Amazon EKS",
  ),
  alias("containers?|container instances?|aci|fargate", "container", "containers"),
  alias("container registr(?:y|ies)|acr|ecr", "container registry", "container registry"),
  alias("(?:azure )?sql(?: databases?| dbs?)?|sql server", "sql", "SQL Database"),
  alias(
    "databases?|dbs?",
    "sql|database|cosmos|postgres|mysql|maria|redis|dynamo|aurora|\\brds\\b|relational|spanner|bigtable|documentdb",
    "databases",
  ),
  alias("(?:amazon |aws )?rds", "relational database|\\brds\\b", "Amazon RDS"),
  alias("dynamo ?db", "dynamo", "DynamoDB"),
  alias("cosmos(?: ?db)?", "cosmos", "Azure Cosmos DB"),
  alias("postgres(?:ql)?", "postgres", "PostgreSQL"),
  alias("mysql", "mysql", "MySQL"),
  alias("redis|cache", "redis|elasticache|cache", "Redis"),
  alias("app services?|web ?apps?|app service plans?", "app service", "App Service"),
  alias("functions?|azure functions?|function apps?|serverless", "functions|lambda", "functions"),
  alias("load balancers?|lbs?|elb", "load balanc", "Load Balancer"),
  alias("public ips?|ip addresses|ips", "ip address|virtual network|public ip", "public IP addresses"),
  alias("vpn(?: gateways?)?", "vpn", "VPN Gateway"),
  alias("app(?:lication)? gateways?", "application gateway", "Application Gateway"),
  alias("key ?vaults?", "key vault|key management", "Key Vault"),
  alias(
    "(?:azure )?monitor(?:ing)?|log analytics|logs|logging",
    "monitor|log analytics|cloudwatch|logging",
    "monitoring",
  ),
  alias("cloudwatch", "cloudwatch", "Amazon CloudWatch"),
  alias("cloudfront|cdn", "cloudfront|\\bcdn\\b|front door|content delivery", "CDN"),
  alias("route ?53|dns", "route 53|\\bdns\\b", "DNS"),
  alias("(?:azure )?open ?ai|gpt|llms?", "openai", "Azure OpenAI"),
  alias(
    "ai|machine learning|ml|cognitive services?|ai services?",
    "cognitive|openai|machine learning|sagemaker|bedrock|\\bai\\b|vertex",
    "AI services",
  ),
  alias("bedrock", "bedrock", "Amazon Bedrock"),
  alias("sagemaker", "sagemaker", "Amazon SageMaker"),
  alias("backups?", "backup", "Backup"),
  alias("snapshots?", "snapshot", "snapshots"),
  alias(
    "defender|security cent(?:er|re)|security",
    "defender|security|guardduty|inspector|macie|\\bwaf\\b",
    "security",
  ),
  alias("event ?hubs?", "event hub", "Event Hubs"),
  alias("service ?bus", "service bus", "Service Bus"),
  alias("sqs|queues?", "queue", "queues"),
  alias("sns", "notification", "Amazon SNS"),
  alias("data ?factory|adf", "data factory", "Data Factory"),
  alias("synapse", "synapse", "Synapse Analytics"),
  alias("databricks", "databricks", "Databricks"),
  alias("redshift", "redshift", "Amazon Redshift"),
  alias("athena", "athena", "Amazon Athena"),
  alias("glue", "glue", "AWS Glue"),
  alias("big ?query", "bigquery", "BigQuery"),
  alias("snowflake", "snowflake", "Snowflake"),
  alias("support", "support", "support"),
  alias("marketplace", "marketplace", "marketplace"),
  alias("savings? plans?", "savings? plan", "savings plans"),
  alias("kms", "key management", "AWS KMS"),
  alias(
    "compute",
    "virtual machine|elastic compute|^compute|lambda|functions|container|kubernetes|app service|batch",
    "compute",
  ),
];

/** Everyday names of clouds. */
export const providerAliases: readonly { words: RegExp; key: string; name: string }[] = [
  { words: /(?<![\w-])(?:aws|amazon(?: web services)?)(?![\w-])/gi, key: "aws", name: "AWS" },
  { words: /(?<![\w-])(?:azure|microsoft(?: azure)?|msft)(?![\w-])/gi, key: "azure", name: "Azure" },
  { words: /(?<![\w-])(?:gcp|google(?: cloud(?: platform)?)?)(?![\w-])/gi, key: "gcp", name: "Google Cloud" },
  { words: /(?<![\w-])(?:oci|oracle(?: cloud)?)(?![\w-])/gi, key: "oracle", name: "Oracle Cloud" },
];

/** Charges that are no plain usage, by kind. */
export const chargeAliases: readonly { words: RegExp; key: NamedCharge["kind"]; name: string }[] = [
  { words: /(?<![\w-])(?:sales )?tax(?:es)?(?![\w-])|(?<![\w-])vat(?![\w-])/gi, key: "tax", name: "tax" },
  { words: /(?<![\w-])(?:credits?|rebates?)(?![\w-])/gi, key: "credit", name: "credit" },
  { words: /(?<![\w-])(?:refunds?|money back)(?![\w-])/gi, key: "refund", name: "refund" },
  { words: /(?<![\w-])adjustments?(?![\w-])/gi, key: "adjustment", name: "adjustment" },
  {
    words: /(?<![\w-])(?:purchases|purchase (?:charges|costs?))(?![\w-])/gi,
    key: "purchase",
    name: "purchase",
  },
  {
    words:
      /(?<![\w-])(?:unused|idle|wasted|unutili[sz]ed) (?:commitments?|reservations?|reserved (?:instances?|capacity)|savings? plans?|ris?)(?: (?:and|or) (?:commitments?|reservations?|savings? plans?))?(?![\w-])/gi,
    key: "unused_commitment",
    name: "unused reservation or savings plan",
  },
];

/** Everyday names of environments, as tag values or names spell them. */
export const environmentAliases: readonly { words: RegExp; values: RegExp; name: string }[] = [
  {
    words: /(?<![\w-])(?:non-?prod(?:uction)?)(?![\w-])/gi,
    values: /^(?:non-?prod(?:uction)?)$/i,
    name: "non-production",
  },
  {
    words: /(?<![\w-])(?:prod(?:uction)?|live)(?![\w-])/gi,
    values: /^(?:prod(?:uction)?|prd|live)$/i,
    name: "production",
  },
  {
    words: /(?<![\w-])(?:dev(?:elopment)?)(?![\w-])/gi,
    values: /^(?:dev(?:elopment|el)?)$/i,
    name: "development",
  },
  { words: /(?<![\w-])(?:test(?:ing)?|qa)(?![\w-])/gi, values: /^(?:test(?:ing)?|qa|tst)$/i, name: "test" },
  {
    words: /(?<![\w-])(?:staging|stage|uat|pre-?prod)(?![\w-])/gi,
    values: /^(?:staging|stage|stg|uat|pre-?prod)$/i,
    name: "staging",
  },
];
