import { hash, verify } from "@node-rs/argon2";

/** argon2id with OWASP's parameters; the binary comes prebuilt with the package. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface PasswordHashing {
  /** A PHC string that carries its own salt and parameters. */
  hash(password: string): Promise<string>;
  verify(input: { hash: string; password: string }): Promise<boolean>;
}

export const argon2id: PasswordHashing = {
  hash: (password) => hash(password.normalize("NFKC"), options),
  verify: ({ hash: stored, password }) => verify(stored, password.normalize("NFKC")),
};
