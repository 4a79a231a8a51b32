import type { Generated } from "kysely";
import type { GeneratedTimestamp, Timestamp } from "./column-types.ts";

type Role = "admin" | "member" | "viewer" | "auditor";

interface SignInAccounts {
  id: string;
  user_id: string;
  account_id: string;
  provider_id: string;
  /** argon2id as a PHC string. */
  password: string | null;
  demo: Generated<boolean>;
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
}

interface SignInSessions {
  id: string;
  user_id: string;
  token: string;
  demo: Generated<boolean>;
  signed_in_at: Timestamp;
  ip_address: string | null;
  user_agent: string | null;
  expires_at: Timestamp;
  created_at: GeneratedTimestamp;
  updated_at: GeneratedTimestamp;
}

interface RefreshTokens {
  id: string;
  user_id: string;
  family_id: string;
  token_hash: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

interface SignInAttempts {
  key: string;
  attempt_count: number;
  window_ends_at: Timestamp;
}

interface ApiKeys {
  id: string;
  organization_id: string;
  user_id: string;
  name: string;
  role: Role;
  start: string | null;
  prefix: string | null;
  key_hash: string;
  expires_at: Timestamp | null;
  enabled: Generated<boolean>;
  rate_limit_time_window: number | null;
  rate_limit_max: number | null;
  last_request: Timestamp | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

interface Invitations {
  id: string;
  organization_id: string;
  user_id: string | null;
  email: string;
  role: Role;
  token_hash: string;
  invited_by: string;
  demo: Generated<boolean>;
  created_at: Timestamp;
  expires_at: Timestamp;
  accepted_at: Timestamp | null;
  revoked_at: Timestamp | null;
}

interface FormerPeople {
  id: string;
  organization_id: string;
  email: string;
  name: string;
  removed_at: Timestamp;
  removed_by: string;
}

/** Sign-in. The tenant's role reaches api_keys, invitations and former_people only; the rest is db/access.ts's. */
export interface AccessSchema {
  sign_in_accounts: SignInAccounts;
  sign_in_sessions: SignInSessions;
  refresh_tokens: RefreshTokens;
  sign_in_attempts: SignInAttempts;
  api_keys: ApiKeys;
  invitations: Invitations;
  former_people: FormerPeople;
}
