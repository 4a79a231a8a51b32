import { contosoAsides } from "./contoso-asides.ts";
import { contosoAssessment } from "./contoso-assessment.ts";
import { contosoChange } from "./contoso-change.ts";
import { contosoCommitments } from "./contoso-commitments.ts";
import { contosoCounts } from "./contoso-counts.ts";
import { contosoEstate } from "./contoso-estate.ts";
import { contosoHappened } from "./contoso-happened.ts";
import { contosoKnowledge } from "./contoso-knowledge.ts";
import { contosoMetrics } from "./contoso-metrics.ts";
import { contosoNewcomers } from "./contoso-newcomers.ts";
import { contosoOwners } from "./contoso-owners.ts";
import { contosoPeople } from "./contoso-people.ts";
import { contosoPlanted } from "./contoso-planted.ts";
import { contosoRealized } from "./contoso-realized.ts";
import { contosoSavings } from "./contoso-savings.ts";
import { contosoScope } from "./contoso-scope.ts";
import { contosoSpend } from "./contoso-spend.ts";
import { contosoStrangers } from "./contoso-strangers.ts";
import { contosoTies } from "./contoso-ties.ts";
import { contosoUnmanaged } from "./contoso-unmanaged.ts";
import type { EvalCase } from "./eval-case.ts";

/** All questions about the sandbox tenant. */
export const contosoCases: EvalCase[] = [
  ...contosoSpend,
  ...contosoChange,
  ...contosoEstate,
  ...contosoMetrics,
  ...contosoHappened,
  ...contosoUnmanaged,
  ...contosoOwners,
  ...contosoPeople,
  ...contosoStrangers,
  ...contosoNewcomers,
  ...contosoRealized,
  ...contosoCounts,
  ...contosoAssessment,
  ...contosoPlanted,
  ...contosoKnowledge,
  ...contosoCommitments,
  ...contosoScope,
  ...contosoSavings,
  ...contosoTies,
  ...contosoAsides,
];
