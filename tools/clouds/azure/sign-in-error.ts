import { AppError } from "../../kernel/errors.ts";

/** What Entra ID's codes mean for the one who made the connection (learn.microsoft.com: AADSTS error codes). */
const reasons: Record<string, { message: string; hint: string }> = {
  "7000215": {
    message: "Azure does not accept the client secret.",
    hint: "Copy the secret's Value (not its Secret ID) from the app registration, and enter it anew (the host's own: AZURE_CLIENT_SECRET).",
  },
  "7000222": {
    message: "The client secret has expired.",
    hint: "Make a new secret in the app registration, and enter it.",
  },
  "700016": {
    message: "Azure knows no application with this client id in this tenant.",
    hint: "Check the client id, and that the app registration belongs to this tenant.",
  },
  "700027": {
    message: "Azure does not accept the proof that the application sent.",
    hint: "Make a new secret in the app registration, and enter it.",
  },
  "7000112": {
    message: "The application is disabled in its tenant.",
    hint: "An administrator of the tenant can enable it (Enterprise applications, Properties).",
  },
  "53003": {
    message: "A Conditional Access policy of the tenant keeps the application out.",
    hint: "Allow this application from this machine's address in the tenant's Conditional Access policies.",
  },
};
const unknownTenant = {
  message: "Azure knows no tenant with this id.",
  hint: "Check the directory (tenant) id and the choice of the cloud: public, US government or China.",
};
for (const code of ["90002", "900023", "900021", "90013"]) reasons[code] = unknownTenant;

/** A failed sign-in as a sentence; null when the error is no sign-in's. */
export function toSignInError(error: unknown, details: Record<string, unknown>): AppError | null {
  if (!(error instanceof Error) || !/^(Aggregate)?(Authentication|CredentialUnavailable)/.test(error.name)) {
    return null;
  }
  const code = /AADSTS(\d{4,8})/.exec(error.message)?.[1];
  const reason = code === undefined ? undefined : reasons[code];
  const unreachable = /endpoints_resolution_error|openid_config_error|network_error|ENOTFOUND|ECONNREFUSED/i;
  if (code === undefined && unreachable.test(error.message)) {
    return new AppError(
      "unavailable",
      "Azure's sign-in cannot be reached, or knows no tenant with this id.",
      {
        hint: "Check the directory (tenant) id, the choice of the cloud, and this machine's way to the Internet.",
        cause: error,
        details,
      },
    );
  }
  return new AppError(
    "unauthenticated",
    reason?.message ?? "Azure did not accept the identity of this connection.",
    {
      hint:
        reason?.hint ??
        "Check tenant id, client id and secret of the connection, or of the environment (AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET; az login).",
      cause: error,
      details: { ...details, ...(code === undefined ? {} : { azureSignInCode: `AADSTS${code}` }) },
    },
  );
}
