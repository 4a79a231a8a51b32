import { AppError } from "../kernel/errors.ts";
import { singleLine } from "../kernel/plain-text.ts";
import type { OrganizationSummary } from "./service.ts";

/** The demo's own tenant: what a question means when nobody names an organization. */
const demoDefault = "Contoso";

/** The organization a local process means: the named one, the demo's, or the only one; else an error that lists them. */
export function chooseOrganization<Organization extends OrganizationSummary>(
  organizations: readonly Organization[],
  wanted: string | undefined,
): Organization {
  const names = organizations.map((organization) => singleLine(organization.name)).join(", ");
  if (wanted !== undefined) {
    const key = wanted.trim().toLowerCase();
    const found = organizations.find((organization) => organization.name.toLowerCase() === key);
    if (found) return found;
    throw new AppError("invalid_input", `There is no organization named "${singleLine(wanted)}".`, {
      hint: names ? `There are: ${names}.` : "There are none yet.",
    });
  }
  const [first] = organizations;
  if (organizations.length === 1 && first) return first;
  const demo = organizations.find((organization) => organization.demo && organization.name === demoDefault);
  if (demo) return demo;
  throw new AppError("invalid_input", "There are several organizations; name one with --organization NAME.", {
    hint: `There are: ${names}.`,
  });
}
