import type { CounterEvidence } from "./finding.ts";

export interface Marked {
  name: string;
  /** Lower case. */
  resourceGroup?: string | null;
  tags: Record<string, string>;
}

interface Mark {
  looked: string;
  /** Matched against each tag's "key=value" and, when given, the resource's name and its group's. */
  tag: RegExp;
  name?: RegExp;
  group?: RegExp;
  /** A tag's value that says the opposite: the side that is copied, not the copy. */
  unless?: RegExp;
}

// Words stand alone between punctuation: "dr" must not match "drive".
const word = (words: string) => new RegExp(`(^|[^a-z0-9])(${words})([^a-z0-9]|$)`, "i");

/** Azure Site Recovery and other stand-by copies: idle on purpose. */
export const disasterRecovery: Mark = {
  looked: "Site Recovery or disaster-recovery tag, role or name",
  tag: word(
    "asr|bcdr|site[ _-]?recovery|disaster[ _-]?recovery|dr|dr-?replica|failover|stand-?by|passive|hot-?spare|replica",
  ),
  name: word("asr|asrreplica|dr"),
  // Site Recovery fails over into groups that it names after the source: "rg-shop-asr".
  group: word("asr|dr"),
  unless: /^(primary|source|active|protected)$/i,
};

/** Volumes of Kubernetes: detached between pods, owned by the cluster. */
export const kubernetesVolume: Mark = {
  looked: "Kubernetes persistent volume (tag, name or a cluster's node group)",
  tag: /kubernetes\.io|k8s[-_.](azure|pvc?|volume)|aks-managed|persistent-?volume|created-for-pvc?/i,
  name: /^(pvc-|kubernetes-dynamic-)/i,
  group: /^mc_/i,
};

/** Copies that a backup vault or a retention rule keeps. */
export const keptCopy: Mark = {
  looked: "backup vault, restore point or retention tag",
  tag: /velero|veeam|commvault|rubrik|cohesity|(^|[^a-z])(keep|preserve)([^a-z=][^=]*)?=|=(keep|preserve)$|rs-?vault|backup[ _-]?vault|recovery[ _-]?services|restore[ _-]?point|legal[ _-]?hold|do[ _-]?not[ _-]?delete|(^|[^a-z])(retention|retain)|backup.*=.*(vault|rsv)|(purpose|role|usage|created-?by).*=.*backup/i,
};

/** A schedule tag that machines and disks carry alike: worth a look, no proof. */
export const backupHint: Mark = { looked: "any other backup tag", tag: word("backup|backups") };

/** Whether a rule reads this tag: changing it changes what the rules say of the resource. */
export function isReadByRules(key: string, value: string): boolean {
  return [disasterRecovery, kubernetesVolume, keptCopy, backupHint].some(({ tag }) =>
    tag.test(`${key}=${value}`),
  );
}

/** What was looked for on a resource and what of it was found. A tag that says "no" is no mark. */
export function lookFor(resource: Marked, marks: readonly Mark[]): CounterEvidence[] {
  return marks.map(({ looked, tag, name, group, unless }) => {
    const hit = Object.entries(resource.tags).find(
      ([key, value]) =>
        tag.test(`${key}=${value}`) &&
        !/^(no|false|none|off|disabled|0|n\/a)?$/i.test(value.trim()) &&
        !unless?.test(value.trim()),
    );
    if (hit) return { looked, found: `tag ${hit[0]} = ${hit[1]}` };
    if (name?.test(resource.name)) return { looked, found: `name ${resource.name}` };
    const isInGroup = resource.resourceGroup && group?.test(resource.resourceGroup);
    return { looked, found: isInGroup ? `resource group ${resource.resourceGroup}` : null };
  });
}

/** The first mark found, as a sentence's end; undefined when none is. */
export function firstFound(evidence: readonly CounterEvidence[]): string | undefined {
  const hit = evidence.find((item) => item.found !== null);
  return hit && `${hit.looked}: ${hit.found}`;
}
