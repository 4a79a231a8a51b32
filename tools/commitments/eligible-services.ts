/**
 * Services whose usage a reservation or savings plan can pay, by their names in Azure's, AWS's and Google's bills.
 * Sources: learn.microsoft.com, "What are Azure Reservations?" and "What is Azure savings plan for compute?";
 * docs.aws.amazon.com, "Savings Plans" and the reserved instances of RDS, ElastiCache, OpenSearch and Redshift;
 * cloud.google.com, "Committed use discounts".
 */
const eligible =
  /^virtual machines(?! licen)|^virtual machine scale sets|^(azure )?(sql database|sql managed instance|app service|cosmos db|db for \w+|database for \w+|cache for redis|databricks|synapse|container instances|functions|dedicated host|vmware)|^azure (data explorer|managed redis)|^redis cache|elastic compute cloud|relational database service|elastic container service|^aws lambda|elasticache|opensearch service|redshift|sagemaker|^compute engine|^cloud (sql|run|spanner)|^kubernetes engine/i;

/** Whether commitments are sold for a service's usage. */
export function isEligibleService(service: string): boolean {
  return eligible.test(service);
}
