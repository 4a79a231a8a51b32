import { describe, expect, it } from "vitest";
import { chooseOrganization } from "./choose-organization.ts";

const contoso = { id: "1", name: "Contoso", demo: true };
const sunBird = { id: "2", name: "SunBird", demo: true };
const acme = { id: "3", name: "Acme", demo: false };

describe("which organization a command is about", () => {
  it("takes the named one, whatever its case", () => {
    expect(chooseOrganization([contoso, sunBird], "sunbird")).toBe(sunBird);
  });

  it("takes the demo's tenant, or the only one there is", () => {
    expect(chooseOrganization([sunBird, contoso], undefined)).toBe(contoso);
    expect(chooseOrganization([acme], undefined)).toBe(acme);
  });

  it("lists the names instead of guessing", () => {
    expect(() => chooseOrganization([acme, { ...acme, name: "Beta" }], undefined)).toThrow(
      expect.objectContaining({ code: "invalid_input", hint: "There are: Acme, Beta." }),
    );
    expect(() => chooseOrganization([acme], "Nobody")).toThrow(
      expect.objectContaining({ code: "invalid_input", hint: "There are: Acme." }),
    );
  });
});
